"""Token Tray as an OAuth 2.0 server, for Authlib (https://docs.authlib.org)."""

import os

from authlib.integrations.requests_client import OAuth2Session

# Authlib takes an http address as long as it is on this computer and this is set.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

client = OAuth2Session(os.environ["TOKEN_TRAY_NAME"], os.environ["TOKEN_TRAY_KEY"])
client.fetch_token(os.environ["TOKEN_TRAY_URL"] + "/oauth/token", grant_type="client_credentials")

orders = client.get(os.environ["API_URL"], timeout=30)
print(orders.status_code)

"""Token Tray as an OAuth 2.0 server, for requests-oauthlib (https://requests-oauthlib.readthedocs.io)."""

import os

from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# oauthlib takes an http address only when this is set. It is for addresses on this computer.
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"

name, key = os.environ["TOKEN_TRAY_NAME"], os.environ["TOKEN_TRAY_KEY"]
session = OAuth2Session(client=BackendApplicationClient(client_id=name))
session.fetch_token(os.environ["TOKEN_TRAY_URL"] + "/oauth/token", client_id=name, client_secret=key)

orders = session.get(os.environ["API_URL"], timeout=30)
print(orders.status_code)

"""The current token for the library requests (https://requests.readthedocs.io)."""

import os

import requests

tray = requests.Session()
tray.trust_env = False  # the address is on this computer: no proxy stands in between


def access_token():
    """Ask each time: Token Tray answers at once, and renews the token when it has to."""
    answer = tray.get(
        os.environ["TOKEN_TRAY_URL"] + "/v1/token",
        headers={"Authorization": "Bearer " + os.environ["TOKEN_TRAY_KEY"]},
        timeout=30,
    )
    answer.raise_for_status()
    return answer.json()["access_token"]


orders = requests.get(
    os.environ["API_URL"],
    headers={"Authorization": "Bearer " + access_token()},
    timeout=30,
)
print(orders.status_code)

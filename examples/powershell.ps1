# The current token for PowerShell 5.1 and later.

# Ask each time: Token Tray answers at once, and renews the token when it has to.
function Get-AccessToken {
    $headers = @{ Authorization = "Bearer $env:TOKEN_TRAY_KEY" }
    (Invoke-RestMethod -Uri "$env:TOKEN_TRAY_URL/v1/token" -Headers $headers -TimeoutSec 30).access_token
}

$orders = Invoke-WebRequest -UseBasicParsing -Uri $env:API_URL -Headers @{ Authorization = "Bearer $(Get-AccessToken)" }
$orders.StatusCode

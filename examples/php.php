<?php

// The current token for PHP, with nothing but what comes with it.

/** Ask each time: Token Tray answers at once, and renews the token when it has to. */
function access_token(): string
{
    $context = stream_context_create(['http' => [
        'header' => 'Authorization: Bearer ' . getenv('TOKEN_TRAY_KEY'),
        'timeout' => 30,
        'ignore_errors' => true,
    ]]);
    $answer = json_decode((string) file_get_contents(getenv('TOKEN_TRAY_URL') . '/v1/token', false, $context), true);
    return $answer['access_token'] ?? throw new RuntimeException($answer['detail'] ?? 'Token Tray does not run.');
}

$context = stream_context_create(['http' => ['header' => 'Authorization: Bearer ' . access_token()]]);
file_get_contents(getenv('API_URL'), false, $context);
preg_match('/\d{3}/', $http_response_header[0], $status);
echo $status[0], PHP_EOL;

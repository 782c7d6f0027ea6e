; What electron-builder's uninstaller leaves. A new version runs the old one's uninstaller with --updated: then the choice
; to start at login stays, and so does the updater's copy, from which the next update fetches only what changed.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    ; By the AppUserModelID, as Electron's login item is named, with the switch of the Task Manager beside it.
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${APP_ID}"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${APP_ID}"
    RMDir /r "$LOCALAPPDATA\token-tray-updater"
  ${endIf}
!macroend

; The installer for Windows: for one user without an administrator, or for all users of the computer.
; Compiled by packaging/release/windows.py, which states Version, Application (the folder from PyInstaller), Output and Name.
; Nothing is fetched, asked or reported over a network, in installing or removing.

#define Title "Election Tally"
#define Window "election-tally.exe"
#ifndef Version
  #error Version is not stated: this script is compiled by packaging/release/windows.py
#endif

[Setup]
; By this Windows knows an upgrade from another program: it never changes.
AppId={{9F0C2D5E-6B1A-4E53-8C0F-0B5A7D3E41C7}
AppName={#Title}
AppVersion={#Version}
AppVerName={#Title} {#Version}
AppPublisher={#Title}
VersionInfoVersion={#Version}
VersionInfoDescription={#Title}, installer
UninstallDisplayName={#Title}
UninstallDisplayIcon={app}\{#Window}
SetupIconFile=..\icons\windows\application.ico
OutputDir={#Output}
OutputBaseFilename={#Name}
; What Qt asks for: Windows 10 of 2018 or later, 64 bits.
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; Without an administrator for this user; the first page offers to install for all. /ALLUSERS and /CURRENTUSER say it before.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
DefaultDirName={autopf}\{#Title}
DisableProgramGroupPage=yes
WizardStyle=modern
WizardSmallImageFile=..\icons\windows\installer.bmp
; Explorer learns of the new file types at once.
ChangesAssociations=yes
; A running program is named and closed only if the person agrees. What was entered is in its file already.
CloseApplications=yes
RestartApplications=no
Compression=lzma2/max
SolidCompression=yes
#ifdef Signed
SignTool=release
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; An upgrade leaves nothing of the version before.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Application}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
Source: "..\icons\windows\tally.ico"; DestDir: "{app}\icons"; Flags: ignoreversion
Source: "..\icons\windows\training.ico"; DestDir: "{app}\icons"; Flags: ignoreversion

[Icons]
Name: "{autoprograms}\{#Title}"; Filename: "{app}\{#Window}"
Name: "{autodesktop}\{#Title}"; Filename: "{app}\{#Window}"; Tasks: desktopicon

; HKA is the user's part of the registry or the computer's, as was chosen. Explorer takes the icon from the name's ending,
; so a training file has an ending of its own. What a file is, the program reads from its first bytes.
[Registry]
#define Classes "Software\Classes"
#define Own "Software\" + Title
#define Capabilities Own + "\Capabilities"

; So that Windows lists the program where people choose what opens a file. The user's settings are in the same key: they stay.
Root: HKA; Subkey: "{#Own}"; Flags: uninsdeletekeyifempty
Root: HKA; Subkey: "{#Capabilities}"; ValueType: string; ValueName: "ApplicationName"; ValueData: "{#Title}"; Flags: uninsdeletekey
Root: HKA; Subkey: "{#Capabilities}"; ValueType: string; ValueName: "ApplicationDescription"; ValueData: "Votes from paper forms, seats and contradictions"
Root: HKA; Subkey: "Software\RegisteredApplications"; ValueType: string; ValueName: "{#Title}"; ValueData: "{#Capabilities}"; Flags: uninsdeletevalue

Root: HKA; Subkey: "{#Classes}\.tally"; ValueType: string; ValueData: "ElectionTally.Tally"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "{#Classes}\.tally\OpenWithProgids"; ValueType: string; ValueName: "ElectionTally.Tally"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "{#Classes}\ElectionTally.Tally"; ValueType: string; ValueData: "Vote tally"; Flags: uninsdeletekey
Root: HKA; Subkey: "{#Classes}\ElectionTally.Tally\DefaultIcon"; ValueType: string; ValueData: "{app}\icons\tally.ico"
Root: HKA; Subkey: "{#Classes}\ElectionTally.Tally\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""
Root: HKA; Subkey: "{#Capabilities}\FileAssociations"; ValueType: string; ValueName: ".tally"; ValueData: "ElectionTally.Tally"

Root: HKA; Subkey: "{#Classes}\.tally-training"; ValueType: string; ValueData: "ElectionTally.Training"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "{#Classes}\.tally-training\OpenWithProgids"; ValueType: string; ValueName: "ElectionTally.Training"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "{#Classes}\ElectionTally.Training"; ValueType: string; ValueData: "Training tally"; Flags: uninsdeletekey
Root: HKA; Subkey: "{#Classes}\ElectionTally.Training\DefaultIcon"; ValueType: string; ValueData: "{app}\icons\training.ico"
Root: HKA; Subkey: "{#Classes}\ElectionTally.Training\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""
Root: HKA; Subkey: "{#Capabilities}\FileAssociations"; ValueType: string; ValueName: ".tally-training"; ValueData: "ElectionTally.Training"

[Run]
Filename: "{app}\{#Window}"; Description: "{cm:LaunchProgram,{#Title}}"; Flags: nowait postinstall skipifsilent

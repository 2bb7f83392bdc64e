@echo off
rem Starts Descent. Arguments are settings, such as --descent.workers=2; JAVA_HOME says which Java, JAVA_OPTS has
rem options for its JVM.
rem
rem The first start has an archive of classes made beside it, with which later ones take half the time; another Java or
rem another jar gets another archive. It is kept in LOCALAPPDATA\Descent; DESCENT_ARCHIVE_DIR names another place, and
rem "none" turns it off.
rem "descent --make-archive" makes it and starts nothing.
setlocal
for %%d in ("%~dp0..") do set "home=%%~fd"
set "jar=%home%\lib\descent.jar"
if not exist "%jar%" (
  echo descent: there is no "%jar%" 1>&2
  exit /b 1
)

if "%~1"=="--learn" goto learn

set "java=java.exe"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
set "version="
for /f "tokens=3" %%v in ('""%java%" -version 2^>^&1 ^| findstr /c:" version ""') do if not defined version set "version=%%~v"
if not defined version (
  echo descent: there is no "%java%"; install Java 17 or newer, or set JAVA_HOME 1>&2
  exit /b 1
)
for /f "delims=.-+" %%m in ("%version%") do set "major=%%m"
if %major% LSS 17 (
  echo descent: "%java%" is of version %version%; needed: 17 or newer 1>&2
  exit /b 1
)

set "use=-XX:SharedArchiveFile="
set "make=-XX:ArchiveClassesAtExit="
set "quiet=-Xlog:cds*=off"
if %major% GEQ 25 (
  set "use=-XX:AOTCache="
  set "make=-XX:AOTCacheOutput="
  set "quiet=-Xlog:aot*=off,cds*=off"
)
rem Under another name, as the service takes that one for a setting of its own that is misspelt.
set "archives=%DESCENT_ARCHIVE_DIR%"
if not defined archives set "archives=%LOCALAPPDATA%\Descent"
set "DESCENT_ARCHIVE_DIR="
for %%j in ("%jar%") do set "name=descent-%version%-%%~zj-%%~tj"
set "name=%name::=%"
set "name=%name:/=%"
set "name=%name: =%"
set "archive=%archives%\%name%.archive"
set "options=-XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED -Xms32m"

if "%~1"=="--make-archive" goto make
if /i "%archives%"=="none" goto start
if exist "%archive%" (
  "%java%" %options% %quiet% "%use%%archive%" %JAVA_OPTS% -jar "%jar%" %*
  exit /b
)
call :lock && (
  echo descent: an archive of classes is made in "%archives%"; with it the next start takes half the time 1>&2
  start "descent" /b /low cmd /c ""%~f0" --learn" >nul 2>&1 <nul
)
:start
"%java%" %options% %JAVA_OPTS% -jar "%jar%" %*
exit /b

:make
if /i "%archives%"=="none" (
  echo descent: DESCENT_ARCHIVE_DIR is none, so no archive of classes is made 1>&2
  exit /b 1
)
if exist "%archive%" exit /b 0
call :lock && call :learn >nul
if exist "%archive%" exit /b 0
echo descent: no archive of classes could be made in "%archives%" 1>&2
exit /b 1

rem The directory in which an archive is made is also the lock of whoever makes it. One that a kill left behind is
rem removed after a day, the shortest time that forfiles knows.
:lock
if not exist "%archives%" mkdir "%archives%" 2>nul
forfiles /p "%archives%" /m descent-*.archive.part /d -1 /c "cmd /c if @isdir==TRUE rmdir /s /q @path" >nul 2>&1
mkdir "%archive%.part" 2>nul && exit /b 0
exit /b 1

:learn
cd /d "%archive%.part"
set "SPRING_APPLICATION_JSON="
"%java%" %options% %quiet% "%make%%archive%.part\archive" -jar "%jar%" ^
  --spring.profiles.active=demo --descent.demo.exit=true --server.port=0 "--descent.home=%archive%.part\home" ^
  --spring.datasource.url=jdbc:h2:mem:descent --spring.datasource.username=descent --spring.datasource.password= ^
  && move /y "archive" "%archive%"
cd /d "%archives%"
rmdir /s /q "%archive%.part"
rem Nothing but archives, and those in use cannot be deleted.
if exist "%archive%" (
  forfiles /p "%archives%" /m descent-*.archive /d -30 /c "cmd /c if @isdir==FALSE del @path" >nul 2>&1
)
exit /b

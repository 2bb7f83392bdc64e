@echo off
rem Starts Descent. Arguments are settings, such as --descent.workers=2; JAVA_HOME says which Java, JAVA_OPTS has options for its JVM.
rem
rem The first start has an archive of classes made beside it, with which later ones take half the time; another Java or another jar gets another
rem archive. It lies in this user's cache; DESCENT_ARCHIVE_DIR names another place.
setlocal
for %%d in ("%~dp0..") do set "home=%%~fd"
set "jar=%home%\lib\descent.jar"
if not exist "%jar%" (
  echo descent: there is no %jar% 1>&2
  exit /b 1
)

if "%~1"=="--learn" goto learn

set "java=java.exe"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
set "version="
for /f "tokens=3" %%v in ('""%java%" -version 2^>^&1 ^| findstr /c:" version ""') do if not defined version set "version=%%~v"
if not defined version (
  echo descent: there is no %java%; install Java 17 or newer, or set JAVA_HOME 1>&2
  exit /b 1
)
for /f "delims=.-+" %%m in ("%version%") do set "major=%%m"
if %major% LSS 17 (
  echo descent: %java% is of version %version%; needed: 17 or newer 1>&2
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
set "archive=%archives%\%name%"
set "options=-XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED -Xms32m"

if exist "%archive%" (
  "%java%" %options% %quiet% "%use%%archive%" %JAVA_OPTS% -jar "%jar%" %*
  exit /b
)
if not exist "%archives%" mkdir "%archives%" 2>nul
rem The directory in which it is made is the lock of whoever makes it.
mkdir "%archive%.part" 2>nul && (
  echo descent: an archive of classes is made in %archives%; with it the next start takes half the time 1>&2
  start "descent" /b /low cmd /c ""%~f0" --learn" >nul 2>&1 <nul
)
"%java%" %options% %JAVA_OPTS% -jar "%jar%" %*
exit /b

:learn
cd /d "%archive%.part"
set "SPRING_APPLICATION_JSON="
"%java%" %options% %quiet% "%make%%archive%.part\archive" -jar "%jar%" --spring.profiles.active=demo --descent.demo.exit=true --server.port=0 ^
  "--descent.home=%archive%.part\home" --spring.datasource.url=jdbc:h2:mem:descent --spring.datasource.username=descent --spring.datasource.password= ^
  && move /y "archive" "%archive%"
cd /d "%archives%"
rmdir /s /q "%archive%.part"
exit /b

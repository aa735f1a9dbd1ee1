/** What a Windows VM is told at first boot. */
export interface SysprepArgs {
  /** BCP 47 tag of language and formats, e.g. `en-US`. */
  locale: string;
  /** Windows time zone name, e.g. `UTC`. */
  timeZone: string;
  organization: string;
  /** Password of the local Administrator; absent: Windows asks for one at the first log-on. */
  administratorPassword?: string | undefined;
}

/**
 * An answer file for a generalised Windows image (RA, VMO-VMTemplates layer, cm-unattend-xml), under the file name that such an image reads.
 * (Installation media would read `autounattend.xml`; templates clone golden images and never boot those.)
 */
export function sysprepData(args: SysprepArgs): Record<"unattend.xml", string> {
  return { "unattend.xml": answerFile(args) };
}

const component =
  'processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS"';

function answerFile(args: SysprepArgs): string {
  const locale = escapeXml(args.locale);
  const password =
    args.administratorPassword === undefined
      ? []
      : [
          "      <UserAccounts>",
          "        <AdministratorPassword>",
          `          <Value>${escapeXml(args.administratorPassword)}</Value>`,
          "          <PlainText>true</PlainText>",
          "        </AdministratorPassword>",
          "      </UserAccounts>",
        ];
  const skipped = args.administratorPassword === undefined ? [] : ["        <SkipMachineOOBE>true</SkipMachineOOBE>"];
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<unattend xmlns="urn:schemas-microsoft-com:unattend">',
    '  <settings pass="specialize">',
    `    <component name="Microsoft-Windows-Shell-Setup" ${component}>`,
    "      <ComputerName>*</ComputerName>",
    `      <TimeZone>${escapeXml(args.timeZone)}</TimeZone>`,
    `      <RegisteredOrganization>${escapeXml(args.organization)}</RegisteredOrganization>`,
    "    </component>",
    "  </settings>",
    '  <settings pass="oobeSystem">',
    `    <component name="Microsoft-Windows-International-Core" ${component}>`,
    `      <InputLocale>${locale}</InputLocale>`,
    `      <SystemLocale>${locale}</SystemLocale>`,
    `      <UILanguage>${locale}</UILanguage>`,
    `      <UserLocale>${locale}</UserLocale>`,
    "    </component>",
    `    <component name="Microsoft-Windows-Shell-Setup" ${component}>`,
    "      <OOBE>",
    "        <HideEULAPage>true</HideEULAPage>",
    "        <ProtectYourPC>3</ProtectYourPC>",
    ...skipped,
    "      </OOBE>",
    ...password,
    "    </component>",
    "  </settings>",
    "</unattend>",
    "",
  ].join("\n");
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

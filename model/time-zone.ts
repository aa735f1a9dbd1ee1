/** Why a text is no time zone of the IANA database in its own spelling; undefined when it is one. */
export function timeZoneProblem(text: string): string | undefined {
  const rule = "is not a time zone: write area and city, like Europe/Berlin";
  if (!/^[A-Za-z][\w+/-]*$/.test(text)) return rule;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions();
    // Palette looks names up as files, where capital letters count.
    return timeZone !== text && timeZone.toLowerCase() === text.toLowerCase()
      ? `is a time zone in another spelling: write ${timeZone}`
      : undefined;
  } catch (failure) {
    if (!(failure instanceof RangeError)) throw failure;
    return rule;
  }
}

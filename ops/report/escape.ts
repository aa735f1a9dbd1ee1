import { visible } from "../../text/visible";

/** Text for HTML and SVG, also inside attributes in double quotes; control characters are written out. */
export function escape(text: string): string {
  return visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

// Escape sequences of terminals (ECMA-48): CSI, then strings such as OSC with their end, then all others.
const sequences =
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be shown
    /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]/g;
/**
 * Control characters, and format characters such as those that turn the direction of text. U+2065 lies among these, is
 * not assigned, and is not shown either (Unicode, Default_Ignorable_Code_Point).
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2065]/gu;

/** Text on one line without anything that a terminal or a page would obey instead of showing it. */
export function visibleText(text: string): string {
    return text.replace(sequences, "").replace(/\s+/g, " ").replace(invisible, "");
}

/** JSON whose texts show nothing either, with the same meaning. */
export function visibleJson(json: string): string {
    return json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Co}\u2065]/gu, (found) =>
        [...Array(found.length).keys()]
            .map((at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`)
            .join(""),
    );
}

import { UserError } from "../../clouds/errors";
import { mostCharacters } from "../render/markdown";
import type { Comment, Comments } from "./commentsApi";

/** What happened to the comment. */
export type Posted = "created" | "updated" | "unchanged" | "none";

/** The first line of a report. */
const marker = /^<!-- machine-images report [^\n]* -->$/m;

/**
 * Writes a report into one comment for its stack, and updates the comment of an earlier run. An empty report creates no
 * comment, and replaces an existing one with a note that nothing changes any more.
 *
 * @param options the marker of the stack's reports, because an empty report has none
 * @throws UserError if the text is not a report
 */
export async function postComment(
    comments: Comments,
    report: string,
    options: { marker?: string } = {},
): Promise<Posted> {
    const isEmpty = report.trim() === "";
    const found = isEmpty ? options.marker : marker.exec(report)?.[0];
    if (isEmpty && found === undefined) return "none";
    if (found === undefined) {
        throw new UserError("the input is not a report: pipe the output of `machine-images report` into this command");
    }
    const earlier = await earlierComment(comments, found);
    if (isEmpty && !earlier) return "none";
    const body = isEmpty ? `${found}\n### Machine images: nothing changes any more\n` : cut(report);
    if (earlier?.body.trim() === body.trim()) return "unchanged";
    if (earlier) await comments.update(earlier.id, body);
    else await comments.create(body);
    return earlier ? "updated" : "created";
}

async function earlierComment(comments: Comments, line: string): Promise<Comment | undefined> {
    for await (const comment of comments.list()) {
        // A comment that quotes a report does not begin with the marker.
        if (comment.body.startsWith(line)) return comment;
    }
    return undefined;
}

/** Cuts a report that is too long, which only another tool can have written. */
function cut(report: string): string {
    if (report.length <= mostCharacters) return report;
    const note = "\n\n…the rest does not fit into a comment.\n";
    const kept = report.slice(0, mostCharacters - note.length - 20);
    const isInDetails = kept.lastIndexOf("<details>") > kept.lastIndexOf("</details>");
    return (isInDetails ? kept.slice(0, kept.lastIndexOf("<details>")) : kept) + note;
}

import { UserError } from "../../clouds/errors";
import { mostCharacters } from "../render/markdown";
import type { Comment, Comments } from "./commentsApi";

/** What became of the one comment. */
export type Posted = "created" | "updated" | "unchanged" | "none";

/** The first line of a report. */
const marker = /^<!-- machine-images report [^\n]* -->$/m;

/**
 * Writes a report into the one comment of its stack: edited in place when an earlier run wrote it. An empty report makes
 * no comment, and turns the one that is there into a note that nothing changes any more.
 *
 * @param options marker of the stack's reports, for an empty one, which has none of its own
 * @throws UserError when it is no report
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
        throw new UserError("this is no report: pipe what `machine-images report` writes into this command");
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
        // Somebody may quote a report: only a comment that begins with the marker is one.
        if (comment.body.startsWith(line)) return comment;
    }
    return undefined;
}

/** A report that is too long, of another tool's making, keeps its beginning. */
function cut(report: string): string {
    if (report.length <= mostCharacters) return report;
    const note = "\n\n…the rest does not fit into a comment.\n";
    const kept = report.slice(0, mostCharacters - note.length - 20);
    const isInDetails = kept.lastIndexOf("<details>") > kept.lastIndexOf("</details>");
    return (isInDetails ? kept.slice(0, kept.lastIndexOf("<details>")) : kept) + note;
}

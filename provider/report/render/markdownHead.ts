import { changeText } from "../costs/moneyText";
import type { AffectedImage } from "../images";
import type { Report } from "../report";
import { counted, plainText, timeText } from "./markdownText";

const verdicts: Record<Report["verdict"], string> = {
    fails: "The preview fails",
    blocked: "Blocked: up will fail before it completes",
    erases: "Wipes disks",
    removes: "Deletes or unshares, wipes no disk",
    harmless: "Creates and updates only",
    unclear: "May do more than this preview shows",
    nothing: "No changes",
};

/** The most lines of a list that are shown. The steps and `--json` have all of them. */
const shownLines = 12;

/** The verdict, the totals and the reasons for the verdict. */
export function headOf(report: Report): string[] {
    const { project, stack, verdict, reasons, againstPolicy = [] } = report;
    const isRefused = againstPolicy.length > 0;
    const title = isRefused ? `Against the policy. ${verdicts[verdict]}` : verdicts[verdict];
    return [
        `### Machine images of ${plainText(`${project}/${stack}`)}: ${title}`,
        "",
        ...(isRefused ? [`**Against the policy**: ${plainText(againstPolicy.join("; "))}`, ""] : []),
        totalsOf(report),
        "",
        ...firstLines(reasons),
        ...(reasons.length > 0 ? [""] : []),
    ];
}

function totalsOf({ totals, otherChanges, servers, expectedSeconds, costs }: Report): string {
    const actions = Object.entries(totals).flatMap(([operation, count]) =>
        count > 0 ? [`${count} to ${operation}`] : [],
    );
    const others = Object.entries(otherChanges).map(([operation, count]) => `${count} to ${operation}`);
    const wiped = servers.reduce((sum, server) => sum + server.wipedDisks, 0);
    const changed = costs.monthly.filter(({ amount }) => amount !== 0);
    return [
        actions.join(", ") || "no image, share or server changes",
        ...(others.length > 0 ? [`other resources: ${others.join(", ")}`] : []),
        ...(servers.length > 0 ? [`${counted({ server: servers.length })} affected`] : []),
        ...(wiped > 0 ? [`${counted({ disk: wiped })} wiped`] : []),
        ...(expectedSeconds ? [`about ${timeText(expectedSeconds[0])} to ${timeText(expectedSeconds[1])}`] : []),
        ...(changed.length > 0 ? [`${changed.map(changeText).join(", ")} per month`] : []),
    ].join(" · ");
}

/** The servers and recipients of the images that are replaced or deleted. */
export function affectedOf({ images, readFrom, readReason }: Report): string[] {
    if (images.length === 0) return [];
    const source =
        readFrom === "cloud"
            ? "read from the cloud"
            : `from this preview only (${readReason}); servers and shares outside this stack are unknown`;
    return [
        `**Who is affected**, ${plainText(source)}`,
        "",
        ...firstLines(images.map((image) => imageText(image, readFrom === "cloud"))),
        "",
    ];
}

function imageText({ what, operation, users, recipients, losses, unread }: AffectedImage, isLive: boolean): string {
    const to = operation === "let go" ? "to delete" : `to ${operation}`;
    const isRead = isLive && unread === undefined;
    const isUnused = users.length === 0 && recipients.length === 0 && !isRead;
    const used = users.length > 0 ? `used by ${users.join(", ")}` : isRead ? "used by no server" : "no known servers";
    const shared = recipients.length > 0 ? `shared with ${recipients.join(", ")}` : "not shared";
    return [
        `${what}, ${to}: ${isUnused ? "no known servers or shares" : used}`,
        ...(isUnused || (recipients.length === 0 && !isRead) ? [] : [shared]),
        ...losses,
        ...(unread === undefined ? [] : [`could not be read (${unread}), so this is from the preview only`]),
    ].join("; ");
}

function firstLines(lines: readonly string[]): string[] {
    const shown = lines.slice(0, shownLines).map((line) => `- ${plainText(line)}`);
    const left = lines.length - shown.length;
    return left > 0 ? [...shown, `- …and ${left} more`] : shown;
}

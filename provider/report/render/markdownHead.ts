import { changeText } from "../costs/moneyText";
import type { AffectedImage } from "../images";
import type { Report } from "../report";
import { counted, plainText, timeText } from "./markdownText";

const verdicts: Record<Report["verdict"], string> = {
    fails: "The preview fails",
    blocked: "Blocked: up would stop half way",
    erases: "Wipes disks",
    removes: "Takes something away, wipes no disk",
    harmless: "Makes and changes in place, takes nothing away",
    unclear: "May do more than this preview shows",
    nothing: "Nothing changes",
};

/** Lines of one list that are shown; the steps and `--json` have them all. */
const shownLines = 12;

/** Verdict, totals and the reasons for the verdict. */
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
        ...firstOnes(reasons),
        ...(reasons.length > 0 ? [""] : []),
    ];
}

function totalsOf({ totals, otherChanges, servers, expectedSeconds, costs }: Report): string {
    const actions = Object.entries(totals).flatMap(([operation, count]) =>
        count > 0 ? [`${count} to ${operation}`] : [],
    );
    const others = Object.entries(otherChanges).map(([operation, count]) => `${count} to ${operation}`);
    const wiped = servers.reduce((sum, server) => sum + server.wipedDisks, 0);
    const dearer = costs.monthly.filter(({ amount }) => amount !== 0);
    return [
        actions.join(", ") || "no image, share or server changes",
        ...(others.length > 0 ? [`other resources: ${others.join(", ")}`] : []),
        ...(servers.length > 0 ? [`${counted({ server: servers.length })} affected`] : []),
        ...(wiped > 0 ? [`${counted({ disk: wiped })} wiped`] : []),
        ...(expectedSeconds ? [`about ${timeText(expectedSeconds[0])} to ${timeText(expectedSeconds[1])}`] : []),
        ...(dearer.length > 0 ? [`${dearer.map(changeText).join(", ")} a month`] : []),
    ].join(" · ");
}

/** Servers and recipients of the images that go. */
export function radiusOf({ images, readFrom, readReason }: Report): string[] {
    if (images.length === 0) return [];
    const source =
        readFrom === "cloud"
            ? "read from the cloud"
            : `from this preview alone, because ${readReason}: what others use and share is not known`;
    return [
        `**Who is affected**, ${plainText(source)}`,
        "",
        ...firstOnes(images.map((image) => imageText(image, readFrom === "cloud"))),
        "",
    ];
}

function imageText({ what, operation, users, recipients, losses, unread }: AffectedImage, isLive: boolean): string {
    const to = operation === "let go" ? "to be let go" : `to ${operation}`;
    const isSeen = isLive && unread === undefined;
    const isAlone = users.length === 0 && recipients.length === 0 && !isSeen;
    const used =
        users.length > 0 ? `used by ${users.join(", ")}` : `used by no server${isSeen ? "" : " that is known"}`;
    const shared = recipients.length > 0 ? `shared with ${recipients.join(", ")}` : "shared with nobody";
    return [
        `${what}, ${to}: ${isAlone ? "no use and no share of it is known" : used}`,
        ...(isAlone || (recipients.length === 0 && !isSeen) ? [] : [shared]),
        ...losses,
        ...(unread === undefined ? [] : [`could not be read (${unread}), so this is from the preview alone`]),
    ].join("; ");
}

function firstOnes(lines: readonly string[]): string[] {
    const shown = lines.slice(0, shownLines).map((line) => `- ${plainText(line)}`);
    const left = lines.length - shown.length;
    return left > 0 ? [...shown, `- …and ${left} more`] : shown;
}

import type { AlibabaRegion } from "../../clouds/connect";
import type { HandlerContext, Problem } from "../../pulumi/dynamic/handler";
import { optionalLookup } from "../optionalLookup";

/** The source of an image of Simple Application Server. */
export type SwasSource = { server: string; dataDisk?: boolean } | { snapshot: string; dataSnapshot?: string };

type Work = Pick<HandlerContext, "clouds" | "warn">;

/** Why no image can be created from the source; empty if nothing prevents it. */
export function swasSourceProblems(work: Work, region: AlibabaRegion, source: SwasSource): Promise<Problem[]> {
    return "server" in source ? serverProblems(work, region, source.server) : snapshotProblems(work, region, source);
}

async function serverProblems(work: Work, { swas, region }: AlibabaRegion, id: string): Promise<Problem[]> {
    const problem = (reason: string) => [{ property: "source.server", reason }];
    const found = await optionalLookup(work, `the servers of ${region}`, async () => ({
        server: await swas.instance(id),
    }));
    if (!found) return [];
    if (!found.server) return problem(`no server ${id} in ${region}: correct the id or the region`);
    const { status } = found.server;
    if (status === "Running" || status === "Stopped") return [];
    return problem(`server ${id} is ${status}: an image can be created only when the server is Running or Stopped`);
}

async function snapshotProblems(
    work: Work,
    { swas, region }: AlibabaRegion,
    { snapshot, dataSnapshot }: { snapshot: string; dataSnapshot?: string },
): Promise<Problem[]> {
    const missing = async (property: string, id: string): Promise<Problem[]> => {
        const found = await optionalLookup(work, `the snapshots of ${region}`, async () => ({
            snapshot: await swas.snapshot(id),
        }));
        if (!found || found.snapshot) return [];
        return [{ property, reason: `no snapshot ${id} in ${region}: correct the id or the region` }];
    };
    const problems = await Promise.all([
        missing("source.snapshot", snapshot),
        dataSnapshot === undefined ? [] : missing("source.dataSnapshot", dataSnapshot),
    ]);
    return problems.flat();
}

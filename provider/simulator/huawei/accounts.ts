import type { AccountSummary } from "../core/cloud";
import type { Simulation } from "../core/simulation";
import { domains, users } from "./identities/identities";
import { projectsOf } from "./identities/projects";

/** The keys, users and projects of every domain. */
export function accountSummaries(sim: Simulation): AccountSummary[] {
    return sim.registry.list("huawei", domains).map(({ value: { id, name } }) => {
        const ofDomain = sim.registry.list("huawei", users, id).map(({ value }) => value);
        const inRegions = projectsOf(sim, id);
        return {
            cloud: "huawei",
            id,
            name,
            regions: inRegions.map(({ region }) => region),
            keys: ofDomain.map(({ accessKeyId, accessKeySecret }) => ({ accessKeyId, accessKeySecret })),
            users: ofDomain.map((user) => ({ name: user.name, password: user.password, domain: name })),
            projects: inRegions.map((project) => ({ id: project.id, name: project.region, region: project.region })),
        };
    });
}

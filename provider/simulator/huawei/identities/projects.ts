import type { Simulation } from "../../core/simulation";
import { type Project, projects } from "./identities";

/** The project with this id, if it belongs to the domain. */
export function projectOf(sim: Simulation, domainId: string, projectId: string): Project | undefined {
    const found = sim.registry.find("huawei", projects, projectId);
    return found && found.scope.account === domainId ? found.value : undefined;
}

/** All projects of a domain. */
export function projectsOf(sim: Simulation, domainId: string): Project[] {
    return sim.registry.list("huawei", projects, domainId).map(({ value }) => value);
}

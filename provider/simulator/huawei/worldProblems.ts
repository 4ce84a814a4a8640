import { flavorOf } from "./models/flavors";
import { namedUuid } from "./namedIdentifiers";

interface Placed {
    readonly id?: string | undefined;
    readonly name: string;
    readonly region: string;
}

/** The parts of a world that can contradict each other. */
interface Described {
    readonly domains: readonly {
        readonly id: string;
        readonly name: string;
        readonly users: readonly { readonly name: string; readonly accessKeyId: string }[];
        readonly projects: readonly { readonly id: string; readonly region: string }[];
        readonly servers: readonly (Placed & { readonly availabilityZone: string; readonly flavor: string })[];
        readonly vaults: readonly Placed[];
    }[];
}

export interface WorldProblem {
    readonly path: (string | number)[];
    readonly message: string;
}

/** Each value that occurs more than once. */
function repeated(values: readonly string[]): string[] {
    return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function repetitions(what: string, values: readonly string[], path: (string | number)[]): WorldProblem[] {
    return repeated(values).map((value) => ({ path, message: `${what} ${value} is declared more than once` }));
}

/** Problems that schemas cannot find: repeated ids, keys and names, and objects in places that do not exist. */
export function worldProblems({ domains }: Described): WorldProblem[] {
    const everywhere = ["domains"];
    return [
        ...repetitions(
            "domain",
            domains.map(({ id }) => id),
            everywhere,
        ),
        ...repetitions(
            "domain name",
            domains.map(({ name }) => name),
            everywhere,
        ),
        ...repetitions(
            "access key",
            domains.flatMap(({ users }) => users.map((one) => one.accessKeyId)),
            everywhere,
        ),
        ...repetitions(
            "project",
            domains.flatMap(({ projects }) => projects.map(({ id }) => id)),
            everywhere,
        ),
        ...repetitions(
            "server",
            domains.flatMap((domain) => idsOf(domain.name, "server", domain.servers)),
            everywhere,
        ),
        ...repetitions(
            "vault",
            domains.flatMap((domain) => idsOf(domain.name, "vault", domain.vaults)),
            everywhere,
        ),
        ...domains.flatMap((domain, index) => domainProblems(domain, ["domains", index])),
    ];
}

/** The declared ids, or ids derived from the names as in seeding: two objects with one name would be one object. */
function idsOf(domain: string, what: string, objects: readonly Placed[]): string[] {
    return objects.map(({ id, name }) => id ?? namedUuid(`${domain}/${what}/${name}`));
}

function domainProblems(
    { name, users, projects, servers, vaults }: Described["domains"][number],
    path: (string | number)[],
): WorldProblem[] {
    const regions = new Set(projects.map(({ region }) => region));
    const outsideProjects = [...servers, ...vaults].filter(({ region }) => !regions.has(region));
    const outsideZones = servers.filter(({ region, availabilityZone }) => !isZoneOf(availabilityZone, region));
    const withUnknownFlavor = servers.filter(({ flavor }) => flavorOf(flavor) === undefined);
    return [
        ...repetitions(
            "user name",
            users.map((user) => user.name),
            path,
        ),
        ...repetitions(
            "project in",
            projects.map(({ region }) => region),
            path,
        ),
        ...outsideProjects.map((one) => `${one.name} is in ${one.region}, where ${name} has no project`),
        ...outsideZones.map((one) => `${one.name} is in ${one.availabilityZone}, which is not a zone of ${one.region}`),
        ...withUnknownFlavor.map(
            (one) => `unknown flavor ${one.flavor} of ${one.name}: use a flavor such as s3.large.2`,
        ),
    ].map((one) => (typeof one === "string" ? { path, message: one } : one));
}

/** "eu-de-01", "cn-north-4a". */
const isZoneOf = (zone: string, region: string): boolean =>
    zone.startsWith(region) && /^(-\d{1,2}|[a-z])$/.test(zone.slice(region.length));

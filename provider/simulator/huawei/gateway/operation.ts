import type { z } from "zod";
import type { Scope } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import type { WireRequest } from "../../core/wire";
import type { Domain, Project, User } from "../identities/identities";
import { refuse } from "../rules";
import type { Service } from "./service";

/** The authenticated caller. */
export interface Caller {
    readonly domain: Domain;
    readonly user: Pick<User, "id" | "name">;
    /** From the path, the X-Project-Id header or the token's scope. Absent for calls without a project. */
    readonly project?: Project;
}

export interface Reply {
    readonly status: number;
    /** Absent if the answer has no body. */
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
    /** The caller of an open route, once known, for the call log. */
    readonly caller?: Caller;
}

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const noContentReply: Reply = { status: 204 };

/** One request in a handler. */
export class Operation {
    private readonly namedIds: string[] = [];

    constructor(
        readonly sim: Simulation,
        readonly request: WireRequest,
        private readonly service: Service,
        private readonly params: Readonly<Record<string, string>>,
        private readonly knownCaller: Caller | undefined,
    ) {
        for (const [name, value] of Object.entries(params)) if (name !== "project_id") this.namedIds.push(value);
    }

    get caller(): Caller {
        if (!this.knownCaller) throw new Error("an open route requested the caller");
        return this.knownCaller;
    }

    /** The caller's project. @throws ApiError of the service if the request names none */
    get project(): Project {
        const { project } = this.caller;
        if (!project) throw refuse(this.service.projectMismatch);
        return project;
    }

    get scope(): Scope {
        return { cloud: "huawei", account: this.caller.domain.id, region: this.project.region };
    }

    /** The objects of the caller's project. */
    get store(): RegionStore {
        return this.sim.store(this.scope);
    }

    get now(): number {
        return this.sim.clock.now();
    }

    get query(): URLSearchParams {
        return new URLSearchParams(this.request.query);
    }

    param(name: string): string {
        const value = this.params[name];
        if (value === undefined) throw new Error(`the route does not have {${name}}`);
        return value;
    }

    /** The body, validated against the schema. @throws ApiError if it is missing or malformed */
    body<T>(schema: z.ZodType<T>): T {
        let value: unknown;
        try {
            value = JSON.parse(this.request.body.toString("utf8"));
        } catch {
            throw refuse(this.service.malformedBody, "(not JSON)");
        }
        const parsed = schema.safeParse(value);
        if (parsed.success) return parsed.data;
        const [issue] = parsed.error.issues;
        throw refuse(this.service.malformedBody, issue && `(${issue.path.join(".")}: ${issue.message})`);
    }

    /** Adds ids to the call log. */
    names(...ids: readonly string[]): void {
        for (const id of ids) if (!this.namedIds.includes(id)) this.namedIds.push(id);
    }

    get idsNamed(): readonly string[] {
        return this.namedIds;
    }
}

/** One operation of a service, as data. */
export interface Route {
    readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
    /** Contains {names} for the variable parts. */
    readonly path: string;
    readonly service: Service;
    /** The name in the service's API reference. */
    readonly operation: string;
    /** A read makes an automatic clock jump before it runs. */
    readonly isRead?: boolean;
    /** Requires no credentials. */
    readonly isOpen?: boolean;
    readonly handler: (operation: Operation) => Reply;
}

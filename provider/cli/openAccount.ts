import { alibaba, type Cloud, huawei } from "../clouds/cloud";
import type { Clouds } from "../clouds/connect";
import { NoKeys } from "../clouds/credentials";
import { UserError } from "../clouds/errors";
import { configKeys, type ReadConfig } from "../clouds/settings";
import type { StepPatience } from "../clouds/stepPatience";
import type { Holders } from "../inventory/status";
import type { HandlerContext } from "../pulumi/dynamic/handler";
import { unknownHolders } from "../pulumi/dynamic/holders";
import type { whichAccount } from "./commands/whichAccount";
import type { Declaration } from "./declaration";
import { chosen, wrongCall } from "./parsed";
import { pulumiHere } from "./pulumiHere";
import { cloudsBy, stackConfig } from "./stackClouds";
import { stackResources } from "./stackResources";
import { UsageError } from "./usageError";

/** The options of `whichAccount`, as they were given. */
export type GivenAccount = {
    [Name in keyof typeof whichAccount]?: Name extends "region" ? string[] : string;
};

/** An account and where to look in it. */
export interface OpenedAccount {
    places: Cloud[];
    /** Of the stack, when one is given. */
    holders: Holders;
    /** Whether a state was read: what it does not hold is in no stack that is known here. */
    isStateRead: boolean;
    /** @param isPatient whether a request that gets no answer is sent again for as long as in an `up` */
    clouds(isPatient: boolean): Clouds;
}

/** Somebody waits before the screen, and a simulator that does not answer is not there. Milliseconds. */
const patience = { cloud: 15_000, simulator: 1000 };

/**
 * The account that the options name. Asks no cloud.
 *
 * @throws UsageError when they do not say which, or where
 */
export async function openAccount(command: Declaration, given: GivenAccount): Promise<OpenedAccount> {
    refuseImpossible(command, given);
    const { stack, endpoint } = given;
    if (stack === undefined) {
        const config: ReadConfig = (key) => (key === configKeys.endpoint ? endpoint : undefined);
        const account = opened(namedPlaces(given), undefined, config, endpoint);
        return { ...account, clouds: (isPatient) => withoutStack(account.clouds(isPatient)) };
    }
    const name = stack === "." ? undefined : stack;
    const configured = await stackConfig(name);
    const config: ReadConfig = (key) => (key === configKeys.endpoint && endpoint ? endpoint : configured(key));
    const ask = await pulumiHere(name);
    const { places, holders } = stackResources(await ask("stack export"));
    const named = namedPlaces(given);
    const wanted = named.length > 0 ? named : places.filter((place) => fits(place, given));
    if (wanted.length === 0) {
        throw new UsageError(
            `stack ${stack} has no object${given.cloud || given.region ? " there" : ""}: name --cloud and --region`,
        );
    }
    return opened(wanted, holders, config, config(configKeys.endpoint) ?? config(configKeys.simulator));
}

/** What surrounds a command that has no engine above it. */
export function contextOf(clouds: Clouds, step: StepPatience): HandlerContext {
    const warn = (message: string) => void process.stderr.write(`machine-images: ${message}\n`);
    return {
        clouds,
        time: step.time,
        report: (message) => step.report(message),
        warn,
        whenSaved: () => {},
        holders: unknownHolders,
    };
}

function opened(
    places: Cloud[],
    holders: Holders | undefined,
    config: ReadConfig,
    simulator: string | undefined,
): OpenedAccount {
    const impatient = simulator === undefined ? patience.cloud : patience.simulator;
    return {
        places,
        holders: holders ?? new Map(),
        isStateRead: holders !== undefined,
        clouds: (isPatient) => cloudsBy(config, isPatient ? undefined : impatient),
    };
}

/** With advice for a command that reads no configuration of a stack. */
function withoutStack(clouds: Clouds): Clouds {
    const advised = <T>(opening: Promise<T>) =>
        opening.catch((error: unknown) => {
            throw error instanceof NoKeys ? new UserError(error.withoutStack, { cause: error }) : error;
        });
    return {
        ...clouds,
        alibaba: (cloud) => advised(clouds.alibaba(cloud)),
        huawei: (cloud) => advised(clouds.huawei(cloud)),
    };
}

function refuseImpossible(command: Declaration, { cloud, region, stack, profile, endpoint }: GivenAccount): void {
    if (stack === undefined && (cloud === undefined || region === undefined)) {
        const missing = cloud === undefined ? "--cloud" : "--region";
        throw wrongCall(command, `neither ${missing} nor --stack is given`);
    }
    for (const one of region ?? []) {
        if (!/^[a-z]+(-[a-z0-9]+)+$/.test(one)) {
            throw new UsageError(`--region ${one} is no region id: write it as in cn-hangzhou or eu-de`);
        }
    }
    if (profile !== undefined && cloud === "alibaba") throw wrongCall(command, "--profile is for --cloud huawei");
    if (endpoint !== undefined && !(URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol))) {
        throw new UsageError(`--endpoint ${endpoint} is no URL: write it as in http://127.0.0.1:8080`);
    }
}

function namedPlaces({ cloud, region = [], account, profile }: GivenAccount): Cloud[] {
    const where = region.map((name) => ({ region: name, ...(account !== undefined && { account }) }));
    if (cloud === "alibaba") return where.map((one) => alibaba(one));
    const kept = chosen(["csbs", "cbr"], profile);
    return cloud === "huawei" ? where.map((one) => huawei({ ...one, ...(kept && { profile: kept }) })) : [];
}

function fits(place: Cloud, { cloud, region, account }: GivenAccount): boolean {
    return (
        (cloud === undefined || place.type === cloud) &&
        (region === undefined || region.includes(place.region)) &&
        (account === undefined || place.account === account)
    );
}

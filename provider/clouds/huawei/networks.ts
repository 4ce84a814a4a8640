import { z } from "zod";
import { list, optionalText, text } from "../answerFields";
import { remembered } from "../remembered";
import type { HuaweiConnection } from "./connection";
import { isGone } from "./failures";
import { openRest, path } from "./rest";

const vpc = z.object({ id: text, name: optionalText });

const subnet = z
    .object({ id: text, name: optionalText, vpc_id: optionalText })
    .transform(({ id, name, vpc_id }) => ({ id, name, vpcId: vpc_id }));

export type Subnet = z.output<typeof subnet>;
export type NetworksClient = ReturnType<typeof networksClient>;

/** The largest page of a list. */
const itemsPerPage = 1000;

/**
 * Virtual Private Cloud in one region: the networks that servers are connected to.
 *
 * @throws CloudError from every method, with VPC's own code
 */
export function networksClient(connection: HuaweiConnection, region: string) {
    const rest = openRest(connection, "vpc", region);

    const unlessMissing = async <T>(ask: Promise<T>): Promise<T | undefined> => {
        try {
            return await ask;
        } catch (error) {
            if (isGone(error)) return undefined;
            throw error;
        }
    };

    const everything = async <T extends { id: string }>(page: (marker: string | undefined) => Promise<T[]>) => {
        const found: T[] = [];
        for (;;) {
            const items = await page(found.at(-1)?.id);
            found.push(...items);
            if (items.length < itemsPerPage) return found;
        }
    };

    return {
        /** One VPC, as of the first request of this process; undefined if it does not exist. */
        vpc: remembered((id: string) =>
            unlessMissing(
                rest.ask({
                    operation: "ShowVpc",
                    method: "GET",
                    path: path`/v1/{project_id}/vpcs/${id}`,
                    answer: z.object({ vpc }).transform((answer) => answer.vpc),
                    idempotent: true,
                }),
            ),
        ),

        /** One subnet, as of the first request of this process; undefined if it does not exist. */
        subnet: remembered((id: string) =>
            unlessMissing(
                rest.ask({
                    operation: "ShowSubnet",
                    method: "GET",
                    path: path`/v1/{project_id}/subnets/${id}`,
                    answer: z.object({ subnet }).transform((answer) => answer.subnet),
                    idempotent: true,
                }),
            ),
        ),

        vpcs: () =>
            everything((marker) =>
                rest.ask({
                    operation: "ListVpcs",
                    method: "GET",
                    path: path`/v1/{project_id}/vpcs`,
                    query: { limit: itemsPerPage, marker },
                    answer: z.object({ vpcs: list(vpc) }).transform((answer) => answer.vpcs),
                    idempotent: true,
                }),
            ),

        subnets: () =>
            everything((marker) =>
                rest.ask({
                    operation: "ListSubnets",
                    method: "GET",
                    path: path`/v1/{project_id}/subnets`,
                    query: { limit: itemsPerPage, marker },
                    answer: z.object({ subnets: list(subnet) }).transform((answer) => answer.subnets),
                    idempotent: true,
                }),
            ),
    };
}

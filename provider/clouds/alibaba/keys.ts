import type { Time } from "../../core/time";
import type { Proxies } from "../proxies";

/** The address of STS, if it is not the global one. */
export interface StsPlace {
    /** Host name of the service. */
    endpoint?: string;
    /** The service of this region. */
    region?: string;
    /** The address inside a VPC. */
    isInVpc?: boolean;
}

/** The parameters with which a role is assumed. */
export interface AssumedRole extends StsPlace {
    roleArn: string;
    sessionName?: string;
    /** How long the keys are valid. */
    durationSeconds?: number;
    /** A policy that restricts the role's permissions. */
    policy?: string;
    externalId?: string;
}

/** How keys of Alibaba Cloud are obtained. Plain data: nothing is requested before a request needs the keys. */
export type AlibabaKeys =
    | { kind: "static"; accessKeyId: string; accessKeySecret: string; securityToken?: string }
    | ({ kind: "role"; by: AlibabaKeys } & AssumedRole)
    | ({ kind: "oidc"; providerArn: string; tokenFile: string } & AssumedRole)
    | {
          kind: "instance";
          /** The role of the ECS instance. @default the role of the instance */
          roleName?: string;
          /** Disables the older protocol of the metadata service. */
          isHardened?: boolean;
      }
    | { kind: "uri"; uri: string }
    | { kind: "command"; command: string }
    | {
          kind: "cloudSso";
          signInUrl: string;
          accountId: string;
          accessConfiguration: string;
          accessToken: string;
          /** Seconds since the epoch. */
          accessTokenExpires: number;
      };

/** Where keys are requested. */
export interface KeyServices {
    /** The base URL of a simulator, which also serves STS. @default the public STS */
    url?: string;
    /** The base URL of the metadata service of ECS. @default http://100.100.100.200 */
    metadataUrl?: string;
    proxies: Proxies;
    time: Time;
}

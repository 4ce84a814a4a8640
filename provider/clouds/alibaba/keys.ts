import type { Time } from "../../core/time";
import type { Proxies } from "../proxies";

/** Where STS answers, when it is not the one address for all regions. */
export interface StsPlace {
    /** Host name of the service. */
    endpoint?: string;
    /** The service of this region. */
    region?: string;
    /** The address inside a VPC. */
    isInVpc?: boolean;
}

/** What is asked of STS for a role. */
export interface AssumedRole extends StsPlace {
    roleArn: string;
    sessionName?: string;
    /** How long the keys are good. */
    durationSeconds?: number;
    /** Takes permissions away from the role's own. */
    policy?: string;
    externalId?: string;
}

/** How keys of Alibaba Cloud are obtained. Plain data: nothing is asked before a request needs the keys. */
export type AlibabaKeys =
    | { kind: "static"; accessKeyId: string; accessKeySecret: string; securityToken?: string }
    | ({ kind: "role"; by: AlibabaKeys } & AssumedRole)
    | ({ kind: "oidc"; providerArn: string; tokenFile: string } & AssumedRole)
    | {
          kind: "instance";
          /** The role of the ECS instance. @default the one that the instance has */
          roleName?: string;
          /** Refuse the older protocol of the metadata service. */
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

/** Where keys are asked for. */
export interface KeyServices {
    /** The base URL of a simulator, which speaks STS, too. @default the public STS */
    url?: string;
    /** The base URL of the metadata service of ECS. @default http://100.100.100.200 */
    metadataUrl?: string;
    proxies: Proxies;
    time: Time;
}

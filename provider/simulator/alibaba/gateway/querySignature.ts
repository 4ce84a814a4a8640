/**
 * The version 1 signature, HMAC-SHA1 over the parameters. Terraform, aliyun CLI, Packer and the SDK's "v2" mode use it.
 *
 * @module
 */
import { createHmac } from "node:crypto";
import { percentEncode } from "./acs3Signature";

/** All parameters except the signature are signed, including the empty `SignatureType=` of the older Go SDK. */
export function queryStringToSign(method: string, parameters: Iterable<readonly [string, string]>): string {
    const pairs = [...parameters]
        .filter(([name]) => name !== "Signature")
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
        .join("&");
    return `${method}&${percentEncode("/")}&${percentEncode(pairs)}`;
}

export function querySignature(secret: string, stringToSign: string): string {
    return createHmac("sha1", `${secret}&`).update(stringToSign).digest("base64");
}

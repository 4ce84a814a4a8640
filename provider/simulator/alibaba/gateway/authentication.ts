import { timingSafeEqual } from "node:crypto";
import { apiError } from "../../core/errorRule";
import type { Simulation } from "../../core/simulation";
import { accessKeyKind, type Identity, temporaryKeyKind } from "../accounts";
import {
    acs3Algorithm,
    acs3Signature,
    acs3StringToSign,
    bodyHash,
    firstUnsignedHeader,
    readAcs3Authorization,
} from "./acs3Signature";
import { gatewayRules } from "./gatewayRules";
import type { Message } from "./message";
import { useNonce } from "./nonces";
import { missingParameter } from "./parameters";
import { querySignature, queryStringToSign } from "./querySignature";

/** The form of a token: base64 text, or the characters - and _ in tokens of world files. */
const tokenForm = /^[\w+/=.-]{1,4096}$/;

/** The tolerance is UNCONFIRMED, see `gatewayRules.staleTime`. */
const signatureToleranceMs = 15 * 60_000;

/** Identifies the caller. @throws ApiError if the signature is invalid */
export function authenticate(sim: Simulation, message: Message): Identity {
    return message.wire.headers.authorization === undefined ? checkQuery(sim, message) : checkAcs3(sim, message);
}

function checkAcs3(sim: Simulation, message: Message): Identity {
    const { wire } = message;
    const header = wire.headers.authorization ?? "";
    if (!header.startsWith(`${acs3Algorithm} `)) throw incomplete(`only ${acs3Algorithm} is accepted`);
    const given = readAcs3Authorization(header);
    if (!given) throw incomplete("Credential, SignedHeaders and Signature are needed");
    // Signed like every x-acs- header. An empty token counts as none: SDKs send one for permanent keys.
    const key = keyOf(sim, given.accessKeyId, wire.headers["x-acs-security-token"] || undefined);
    const unsigned = firstUnsignedHeader(wire, given.signedHeaders);
    if (unsigned) throw incomplete(`the header ${unsigned} must be sent and signed`);
    checkTime(sim, wire.headers["x-acs-date"] ?? "");
    const expectedHash = wire.headers["x-acs-content-sha256"];
    if (expectedHash === undefined) throw incomplete("the header x-acs-content-sha256 must be sent and signed");
    if (expectedHash !== bodyHash(wire)) throw apiError(gatewayRules.wrongBodyHash);
    const stringToSign = acs3StringToSign(message, given.signedHeaders);
    if (!isSame(acs3Signature(key.secret, stringToSign), given.signature)) {
        throw apiError(gatewayRules.wrongAcs3Signature, { stringToSign });
    }
    useNonce(sim, given.accessKeyId, wire.headers["x-acs-signature-nonce"] ?? "");
    return key.identity;
}

function checkQuery(sim: Simulation, { wire, parameters }: Message): Identity {
    const need = (name: string): string => {
        const value = parameters.get(name);
        if (!value) throw missingParameter(name);
        return value;
    };
    const accessKeyId = need("AccessKeyId");
    const signature = need("Signature");
    const nonce = need("SignatureNonce");
    if (need("SignatureMethod") !== "HMAC-SHA1") throw incomplete("SignatureMethod must be HMAC-SHA1");
    if (need("SignatureVersion") !== "1.0") throw incomplete("SignatureVersion must be 1.0");
    if (parameters.get("SignatureType")) throw incomplete("SignatureType must be empty");
    const time = need("Timestamp");
    const key = keyOf(sim, accessKeyId, parameters.get("SecurityToken") || undefined);
    checkTime(sim, time);
    const stringToSign = queryStringToSign(wire.method, parameters);
    if (!isSame(querySignature(key.secret, stringToSign), signature)) {
        throw apiError(gatewayRules.wrongSignature, { stringToSign });
    }
    useNonce(sim, accessKeyId, nonce);
    return key.identity;
}

function keyOf(sim: Simulation, accessKeyId: string, token?: string): { identity: Identity; secret: string } {
    const permanent = sim.registry.find("alibaba", accessKeyKind, accessKeyId);
    const temporary = permanent ? undefined : sim.registry.find("alibaba", temporaryKeyKind, accessKeyId);
    const key = permanent ?? temporary;
    if (!key) throw apiError(gatewayRules.unknownKey);
    if (token !== undefined && !tokenForm.test(token)) throw apiError(gatewayRules.malformedToken);
    if (temporary && token === undefined) throw apiError(gatewayRules.missingToken);
    if (token !== undefined && !(temporary && isSame(temporary.value.token, token))) {
        throw apiError(gatewayRules.foreignToken);
    }
    if (temporary && (temporary.value.expiresAt ?? Number.POSITIVE_INFINITY) <= sim.wallNow()) {
        throw apiError(gatewayRules.expiredToken);
    }
    return {
        identity: { account: key.scope.account, assumed: temporary?.value.assumed },
        secret: key.value.secret,
    };
}

/** Signature times follow the machine's clock, as the client's do, not virtual time. */
function checkTime(sim: Simulation, time: string): void {
    const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time);
    const at = isTime ? Date.parse(time) : Number.NaN;
    if (Number.isNaN(at)) throw apiError(gatewayRules.unreadableTime);
    if (!sim.isFresh(at, signatureToleranceMs)) throw apiError(gatewayRules.staleTime);
}

function isSame(expected: string, given: string): boolean {
    const a = Buffer.from(expected);
    const b = Buffer.from(given);
    return a.length === b.length && timingSafeEqual(a, b);
}

function incomplete(reason: string) {
    return apiError(gatewayRules.incompleteSignature, { reason });
}

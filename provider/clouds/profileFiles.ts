import { homedir } from "node:os";
import { parse } from "ini";
import { z } from "zod";
import { UserError } from "./errors";
import type { Credentials } from "./settings";
import { readText } from "./textFiles";

/** Reads files of the user's home. */
export interface ProfileFiles {
    /** The user's home folder. */
    home: string;
    /** The text of a file, or undefined when there is none. */
    read(path: string): string | undefined;
}

/** Of the user who runs the process. */
export const userFiles: ProfileFiles = {
    home: homedir(),
    read(path) {
        try {
            return readText(path);
        } catch {
            return undefined;
        }
    },
};

/** For when no file may be read. */
export const noFiles: ProfileFiles = { home: "", read: () => undefined };

type Environment = Readonly<Record<string, string | undefined>>;

/** ~/.aliyun/config.json, as the aliyun CLI writes it. */
const aliyunConfig = z.object({
    current: z.string().optional(),
    profiles: z.array(
        z.object({
            name: z.string(),
            access_key_id: z.string().optional(),
            access_key_secret: z.string().optional(),
            sts_token: z.string().optional(),
        }),
    ),
});

const sections = z.record(z.string(), z.unknown());
const alibabaSection = z.object({
    access_key_id: z.string().min(1),
    access_key_secret: z.string().min(1),
    security_token: z.string().optional(),
});
const huaweiSection = z.object({
    ak: z.string().min(1),
    sk: z.string().min(1),
    security_token: z.string().optional(),
});

/**
 * Keys of a profile in the files that the clouds' own tools read: `~/.alibabacloud/credentials` and
 * `~/.aliyun/config.json`; `~/.huaweicloud/credentials`. Undefined when no file has it, or has it without plain keys.
 *
 * @param name the profile; else the one that the environment or the file names, or the tool's default
 */
export function profileKeys(
    cloud: "alibaba" | "huawei",
    name: string | undefined,
    environment: Environment,
    files: ProfileFiles,
): Credentials | undefined {
    if (cloud === "huawei") {
        const path = environment.HUAWEICLOUD_SDK_CREDENTIALS_FILE ?? `${files.home}/.huaweicloud/credentials`;
        const section = huaweiSection.safeParse(iniSection(path, name ?? "basic", files));
        if (!section.success) return undefined;
        const { ak, sk, security_token } = section.data;
        return { accessKeyId: ak, accessKeySecret: sk, securityToken: security_token };
    }
    const profile = name ?? environment.ALIBABA_CLOUD_PROFILE;
    const path = environment.ALIBABA_CLOUD_CREDENTIALS_FILE ?? `${files.home}/.alibabacloud/credentials`;
    const section = alibabaSection.safeParse(iniSection(path, profile ?? "default", files));
    if (section.success) {
        const { access_key_id, access_key_secret, security_token } = section.data;
        return {
            accessKeyId: access_key_id,
            accessKeySecret: access_key_secret,
            securityToken: security_token,
        };
    }
    return aliyunProfile(`${files.home}/.aliyun/config.json`, profile, files);
}

function iniSection(path: string, name: string, files: ProfileFiles): unknown {
    const text = files.read(path);
    return text === undefined ? undefined : sections.parse(parse(text))[name];
}

function aliyunProfile(path: string, name: string | undefined, files: ProfileFiles): Credentials | undefined {
    const text = files.read(path);
    if (text === undefined) return undefined;
    const config = aliyunConfig.safeParse(json(text));
    if (!config.success)
        throw new UserError(`${path} cannot be read as the aliyun CLI writes it: correct or remove it`);
    const wanted = name ?? config.data.current ?? "default";
    const profile = config.data.profiles.find((candidate) => candidate.name === wanted);
    if (!profile?.access_key_id || !profile.access_key_secret) return undefined;
    return {
        accessKeyId: profile.access_key_id,
        accessKeySecret: profile.access_key_secret,
        securityToken: profile.sts_token || undefined,
    };
}

function json(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

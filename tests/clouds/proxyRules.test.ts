import assert from "node:assert/strict";
import { hostname, networkInterfaces } from "node:os";
import { proxyFor } from "../../provider/dist/clouds/proxyRules.js";

const proxy = "http://proxy.example:3128";
const cloud = "https://ecs.cn-hangzhou.aliyuncs.com/";

function chosen(url: string, environment: Record<string, string>): string | undefined {
    return proxyFor(new URL(url), environment)?.href;
}

describe("the proxy of a request", () => {
    const through: [string, string, Record<string, string>, string][] = [
        ["HTTPS_PROXY for https", cloud, { HTTPS_PROXY: proxy }, `${proxy}/`],
        ["https_proxy in lower case", cloud, { https_proxy: proxy }, `${proxy}/`],
        [
            "lower case before upper case",
            cloud,
            { https_proxy: proxy, HTTPS_PROXY: "http://other.example" },
            `${proxy}/`,
        ],
        ["upper case when lower case is empty", cloud, { https_proxy: "", HTTPS_PROXY: proxy }, `${proxy}/`],
        ["HTTP_PROXY for http", "http://clouds.example:8080/", { HTTP_PROXY: proxy }, `${proxy}/`],
        ["http_proxy for http", "http://clouds.example/", { http_proxy: proxy }, `${proxy}/`],
        ["one without a scheme", cloud, { HTTPS_PROXY: "proxy.example:3128" }, `${proxy}/`],
        ["an address without a scheme", cloud, { HTTPS_PROXY: "10.1.2.3:3128" }, "http://10.1.2.3:3128/"],
        ["a proxy that speaks https", cloud, { HTTPS_PROXY: "https://proxy.example" }, "https://proxy.example/"],
        [
            "user and password",
            cloud,
            { HTTPS_PROXY: "http://me:p%40ss@proxy.example:3128" },
            "http://me:p%40ss@proxy.example:3128/",
        ],
        [
            "NO_PROXY that names another host",
            cloud,
            { HTTPS_PROXY: proxy, NO_PROXY: "example.com, cs.com" },
            `${proxy}/`,
        ],
        ["NO_PROXY with another port", cloud, { HTTPS_PROXY: proxy, NO_PROXY: "aliyuncs.com:8443" }, `${proxy}/`],
        [
            "NO_PROXY with part of the name",
            cloud,
            { HTTPS_PROXY: proxy, NO_PROXY: "yuncs.com,cn-hangzhou" },
            `${proxy}/`,
        ],
        [
            "NO_PROXY with another network",
            "https://10.2.0.1/",
            { HTTPS_PROXY: proxy, NO_PROXY: "10.1.0.0/16,192.168.0.0/99,10.2" },
            `${proxy}/`,
        ],
    ];
    for (const [what, url, environment, expected] of through) {
        it(`is used with ${what}`, () => assert.equal(chosen(url, environment), expected));
    }

    const straight: [string, string, Record<string, string>][] = [
        ["no variable", cloud, {}],
        ["an empty variable", cloud, { HTTPS_PROXY: " " }],
        ["HTTP_PROXY alone, for https", cloud, { HTTP_PROXY: proxy }],
        ["HTTPS_PROXY alone, for http", "http://clouds.example/", { HTTPS_PROXY: proxy }],
        ...[
            "*",
            "aliyuncs.com",
            ".aliyuncs.com",
            "*.aliyuncs.com",
            "ECS.cn-hangzhou.ALIYUNCS.com",
            "aliyuncs.com.",
        ].map((list): [string, string, Record<string, string>] => [`NO_PROXY=${list}`, cloud, { NO_PROXY: list }]),
        ["NO_PROXY with the port", cloud, { NO_PROXY: "a.example aliyuncs.com:443,b.example" }],
        ["no_proxy in lower case", cloud, { no_proxy: "aliyuncs.com" }],
        ["NO_PROXY with an address", "https://10.1.2.3/", { NO_PROXY: "10.1.2.3" }],
        ["NO_PROXY with address and port", "https://10.1.2.3:8443/", { NO_PROXY: "10.1.2.3:8443" }],
        ["NO_PROXY with a network", "https://10.1.2.3/", { NO_PROXY: "10.1.0.0/16" }],
        ["NO_PROXY with an IPv6 address", "https://[fd00::1]/", { NO_PROXY: "fd00::1" }],
        ["NO_PROXY with an IPv6 network", "https://[fd00::1]/", { NO_PROXY: "fd00::/8" }],
        ["NO_PROXY with an IPv6 address and a port", "https://[fd00::1]:8443/", { NO_PROXY: "[fd00::1]:8443" }],
    ];
    for (const [what, url, environment] of straight) {
        const given = /^(no variable|an empty|HTTP)/.test(what) ? environment : { HTTPS_PROXY: proxy, ...environment };
        it(`is undefined with ${what}`, () => assert.equal(chosen(url, given), undefined));
    }

    const own = Object.values(networkInterfaces())
        .flatMap((found) => found ?? [])
        .filter(({ address, scopeid }) => !address.includes("%") && !scopeid)
        .map(({ address, family }) => (family === "IPv4" ? address : `[${address}]`));
    const spellings = [
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "simulator.localhost",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "127.8.9.10",
        "127.1",
        "2130706433",
        "0x7f000001",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "[::]",
        hostname(),
        ...own,
    ];
    for (const host of spellings) {
        it(`is undefined for this machine as ${host}`, () => {
            for (const scheme of ["http", "https"]) {
                assert.equal(chosen(`${scheme}://${host}:8080/`, { HTTP_PROXY: proxy, HTTPS_PROXY: proxy }), undefined);
            }
        });
    }

    it("is used for hosts whose names only look like this machine", () => {
        for (const host of ["127.0.0.1.example", "localhost.example", "128.0.0.1", "notlocalhost"]) {
            assert.equal(chosen(`https://${host}/`, { HTTPS_PROXY: proxy }), `${proxy}/`);
        }
    });

    for (const value of ["socks5://me:my-secret@proxy.example", "http://me:my-secret@:0:0", "my-secret proxy", "://"]) {
        it(`is refused without showing its value if it is ${value}`, () => {
            assert.throws(
                () => chosen(cloud, { HTTPS_PROXY: value }),
                (error) =>
                    error instanceof Error &&
                    error.name === "UserError" &&
                    /HTTPS_PROXY must be the URL of an HTTP proxy/.test(error.message) &&
                    !error.message.includes("my-secret"),
            );
        });
    }
});

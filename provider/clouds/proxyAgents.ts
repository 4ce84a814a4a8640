import type { Agent } from "node:http";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { failureOf, ProxyError } from "./exchange";
import { isOfThisMachine } from "./proxyRules";

/** For https: a tunnel through the proxy, in which nothing but the server's name can be read. */
export function tunnelAgent(proxy: URL): Agent {
    return new TunnelAgent(proxy, { keepAlive: true });
}

/** For http: the proxy gets the request and passes it on. */
export function forwardAgent(proxy: URL): Agent {
    return new ForwardAgent(proxy, { keepAlive: true });
}

class ForwardAgent extends HttpProxyAgent<string> {
    constructor(
        private readonly through: URL,
        options: { keepAlive: boolean },
    ) {
        super(through.href, options);
    }

    override async connect(...[request, options]: Parameters<HttpProxyAgent<string>["connect"]>) {
        return super.connect(request, options).catch((error: unknown) => {
            throw unreached(this.through, error);
        });
    }
}

class TunnelAgent extends HttpsProxyAgent<string> {
    constructor(
        private readonly through: URL,
        options: { keepAlive: boolean },
    ) {
        super(through.href, options);
    }

    override async connect(...[request, options]: Parameters<HttpsProxyAgent<string>["connect"]>) {
        let refusal: number | undefined;
        // The library hands on the proxy's refusal as if the cloud had answered it.
        request.once("proxyConnect", ({ statusCode }: { statusCode: number }) => {
            if (statusCode !== 200) refusal = statusCode;
        });
        const { host } = this.through;
        const socket = await super.connect(request, options).catch((error: unknown) => {
            throw unreached(this.through, error);
        });
        if (refusal === undefined) return socket;
        socket.destroy();
        const code = refusal >= 500 ? "EPROXY" : "EPROXYREFUSED";
        throw new ProxyError(code, `the proxy ${host} refused the connection with ${refusal}${adviceFor(refusal)}`);
    }
}

function unreached({ host, hostname }: URL, error: unknown): ProxyError {
    const failure = failureOf(error);
    const isRefusedHere = failure === "ECONNREFUSED" && isOfThisMachine(hostname);
    return new ProxyError("EPROXY", `the proxy ${host} cannot be reached: ${failure}`, isRefusedHere);
}

function adviceFor(refusal: number): string {
    if (refusal === 407) return ": write its user and password into HTTPS_PROXY";
    return refusal === 403 ? ": allow the host there, or name it in NO_PROXY" : "";
}

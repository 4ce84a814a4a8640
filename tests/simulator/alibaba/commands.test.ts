import assert from "node:assert/strict";
import { SignedClient } from "./signedClient.ts";
import { closeAll, golden, type Simulated, second, simulate, stopped, volumeGroup, web, windows } from "./simulated.ts";

const shell = { Name: "look", Type: "RunShellScript", CommandContent: "pvs" };
const json = (...ids: string[]) => JSON.stringify(ids);
const text = (base64: string) => Buffer.from(base64, "base64").toString();

describe("Alibaba SWAS commands", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    const saved = async (changes: Record<string, string | number | boolean> = {}): Promise<string> =>
        (await cloud.swas.ok("CreateCommand", { ...shell, ...changes })).CommandId;
    const listed = async (filter: Record<string, string> = {}) =>
        (await cloud.swas.ok("DescribeCommands", { Provider: "User", ...filter })).Commands;
    const invocations = async (filter: Record<string, string> = {}) =>
        (await cloud.swas.ok("DescribeCommandInvocations", filter)).CommandInvocations;

    it("are saved, listed as the SDK expects, changed and deleted", async () => {
        const CommandId = await saved({ Description: "volumes", "Tag.1.Key": "a", "Tag.1.Value": "b" });
        await saved({ Name: "other", Type: "RunPowerShellScript" });
        assert.match(CommandId, /^c-bp/);
        const known = {
            CommandId,
            Name: "look",
            Description: "volumes",
            Type: "RunShellScript",
            CommandContent: "cHZz",
            WorkingDir: "",
            Timeout: 60,
            EnableParameter: false,
            ParameterNames: [],
            Provider: "User",
            ResourceGroupId: "",
            CreationTime: "2026-01-01T00:00:00Z",
            Tags: [{ Key: "a", Value: "b" }],
        };
        assert.deepEqual(await listed({ CommandId }), [known]);
        const changes = { Name: "renamed", Description: "new", WorkingDir: "/tmp", Timeout: 90 };
        await cloud.swas.ok("UpdateCommandAttribute", { CommandId, ...changes });
        assert.deepEqual(await listed({ Name: "renamed" }), [{ ...known, ...changes }]);
        for (const [filter, count] of [
            [{}, 2],
            [{ Type: "RunPowerShellScript" }, 1],
            [{ Name: "none" }, 0],
            [{ Provider: "AlibabaCloud" }, 0],
            [{ ResourceGroupId: "rg-1" }, 0],
            [{ "Tag.1.Key": "a" }, 1],
        ] as const) {
            assert.equal((await listed(filter)).length, count, JSON.stringify(filter));
        }
        const tag = { ResourceType: "command", "ResourceId.1": CommandId };
        const nowhere = new SignedClient(cloud.simulator.url, golden, "swas", "");
        await nowhere.ok("UntagResources", { ...tag, "TagKey.1": "a" });
        assert.deepEqual((await listed({ CommandId }))[0].Tags, []);
        await cloud.swas.ok("DeleteCommand", { CommandId });
        assert.equal(await cloud.swas.refused("DeleteCommand", { CommandId }), "404 InvalidCmdId.NotFound");
        assert.equal((await listed()).length, 1);
    });

    it("run on several servers, each with its own result", async () => {
        const CommandId = await saved();
        const InstanceIds = json(volumeGroup, windows);
        const { InvokeId } = await cloud.swas.ok("InvokeCommand", { CommandId, InstanceIds });
        assert.equal((await invocations({ InvokeId }))[0].InvocationStatus, "Running");
        cloud.advance(2 * second);
        const [found] = await invocations({ InvokeId });
        const { InvokeInstances, ...rest } = found;
        assert.deepEqual(rest, {
            InvokeId,
            CommandId,
            CommandName: "look",
            CommandDescription: "",
            CommandType: "RunShellScript",
            CommandContent: "cHZz",
            Parameters: "{}",
            WorkingDir: "",
            Timeout: 60,
            Username: "root",
            CreationTime: "2026-01-01T00:00:00Z",
            InvocationStatus: "PartialFailed",
        });
        const [linux, other] = InvokeInstances;
        assert.deepEqual([linux.InstanceId, linux.InvocationStatus], [volumeGroup, "Success"]);
        assert.match(text(linux.Output), /vdb/);
        // A shell script does not run on Windows.
        assert.deepEqual(
            [other.InstanceId, other.InvocationStatus, other.ErrorCode],
            [windows, "Invalid", "CommandNotApplicable"],
        );
        const asked = { InstanceId: volumeGroup, InvokeId };
        const { InvocationResult } = await cloud.swas.ok("DescribeInvocationResult", asked);
        assert.equal(InvocationResult.InvocationStatus, "Success");
        assert.equal(
            await cloud.swas.refused("DescribeInvocationResult", { InstanceId: web, InvokeId }),
            "404 InvalidInvokeId.NotFound",
        );
        assert.deepEqual(
            (await cloud.swas.ok("DescribeInvocations", { InstanceId: windows })).Invocations[0].InvokeStatus,
            "Failed",
        );
    });

    it("are found by their properties", async () => {
        const CommandId = await saved();
        await cloud.swas.ok("InvokeCommand", { CommandId, InstanceIds: json(volumeGroup) });
        await cloud.swas.ok("RunCommand", { ...shell, Name: "sure", InstanceId: web, CommandContent: "frobnicate" });
        cloud.advance(2 * second);
        for (const [filter, names] of [
            [{}, ["look", "sure"]],
            [{ CommandId }, ["look"]],
            [{ CommandName: "sure" }, ["sure"]],
            [{ InstanceId: volumeGroup, CommandName: "sure" }, ["look"]],
            [{ CommandType: "RunBatScript" }, []],
            [{ InvocationStatus: "Failed" }, ["sure"]],
        ] as const) {
            const found = (await invocations(filter)).map(({ CommandName }: Record<string, string>) => CommandName);
            assert.deepEqual(found, names, JSON.stringify(filter));
        }
    });

    it("have custom parameters with case-insensitive names", async () => {
        const CommandContent = "{{ Program }} now";
        const CommandId = await saved({ CommandContent, EnableParameter: true });
        assert.deepEqual((await listed())[0].ParameterNames, ["program"]);
        const run = async (Parameters: string) => {
            const asked = { CommandId, InstanceIds: json(web), Parameters };
            const { InvokeId } = await cloud.swas.ok("InvokeCommand", asked);
            cloud.advance(2 * second);
            const [{ InvokeInstances, Parameters: shown }] = await invocations({ InvokeId });
            return [text(InvokeInstances[0].Output).trim(), shown];
        };
        const values = JSON.stringify({ PROGRAM: "make" });
        assert.deepEqual(await run(values), ["make: command not found", values]);
        const other = { CommandId, InstanceIds: json(web), Parameters: '{"other":"x"}' };
        assert.equal(await cloud.swas.refused("InvokeCommand", other), "400 InvalidParameter.Parameters");
        const broken = { ...other, Parameters: "[1]" };
        assert.equal(await cloud.swas.refused("InvokeCommand", broken), "400 InvalidParameter");
        const once = { InstanceId: web, ...shell, CommandContent, Parameters: values };
        const { InvokeId } = await cloud.swas.ok("RunCommand", { ...once, EnableParameter: true });
        cloud.advance(2 * second);
        const { InvocationResult } = await cloud.swas.ok("DescribeInvocationResult", { InstanceId: web, InvokeId });
        assert.equal(text(InvocationResult.Output).trim(), "make: command not found");
    });

    it("are refused as a whole for servers that are not running or belong to another account", async () => {
        const CommandId = await saved();
        const asked = { CommandId, InstanceIds: json(web, stopped) };
        assert.equal(await cloud.swas.refused("InvokeCommand", asked), "403 IncorrectInstanceStatus");
        assert.equal((await invocations()).length, 0);
        const unknown = { CommandId, InstanceIds: json("0") };
        assert.equal(await cloud.swas.refused("InvokeCommand", unknown), "404 InvalidInstanceId.NotFound");
        assert.equal(await cloud.partner.refused("InvokeCommand", asked), "404 InvalidCmdId.NotFound");
        assert.equal(await cloud.swas.refused("CreateCommand", { ...shell, Timeout: 9 }), "400 InvalidParameter");
        assert.equal(await cloud.swas.refused("DescribeCommands"), "400 MissingProvider");
    });

    it("cannot be deleted while they are running", async () => {
        const CommandId = await saved();
        await cloud.swas.ok("InvokeCommand", { CommandId, InstanceIds: json(web) });
        assert.equal(await cloud.swas.refused("DeleteCommand", { CommandId }), "403 InvalidOperation.CommandRunning");
        cloud.advance(2 * second);
        await cloud.swas.ok("DeleteCommand", { CommandId });
    });

    it("use a client that every server has", async () => {
        await cloud.swas.ok("RunCommand", { ...shell, InstanceId: web });
        const asked = { InstanceIds: json(web, stopped) };
        const attributes = async () =>
            (await cloud.swas.ok("DescribeCloudAssistantAttributes", asked)).CloudAssistant.map(
                (one: Record<string, unknown>) => [one.CloudAssistantStatus, one.ActiveTaskCount, one.InvocationCount],
            );
        assert.deepEqual(await attributes(), [
            ["true", 1, 0],
            ["false", 0, 0],
        ]);
        cloud.advance(2 * second);
        assert.deepEqual(await attributes(), [
            ["true", 0, 1],
            ["false", 0, 0],
        ]);
        await cloud.swas.ok("InstallCloudAssistant", asked);
        const unknown = { InstanceIds: json("0") };
        assert.equal(await cloud.swas.refused("InstallCloudAssistant", unknown), "404 InvalidInstanceId.NotFound");
    });
});

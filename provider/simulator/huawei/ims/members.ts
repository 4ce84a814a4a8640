import { z } from "zod";
import { noContentReply, type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { type Member, membersOf } from "../models/member";
import { findVisible } from "../models/visibleImages";
import { refuse } from "../rules";
import { imageRules } from "./imageRules";
import { memberDocument, membersDocument } from "./memberDocument";
import { glance } from "./service";
import { shareRules } from "./shareRules";
import { answerShare, share, unshare } from "./sharing";

const newMember = z.object({ member: z.string() });
const answer = z.object({ status: z.string(), vault_id: z.string().optional() });

function addMember(operation: Operation): Reply {
    const imageId = operation.param("image_id");
    const projectId = operation.body(newMember).member;
    operation.names(projectId);
    const { member, isNew } = share(operation, imageId, projectId);
    if (!isNew) throw refuse(shareRules.duplicate, imageId);
    return ok(memberDocument(member));
}

function removeMember(operation: Operation): Reply {
    const removed = unshare(operation, operation.param("image_id"), operation.param("member_id"));
    if (!removed) throw refuse(shareRules.memberMissing, operation.param("member_id"));
    return noContentReply;
}

function updateMember(operation: Operation): Reply {
    const { status, vault_id } = operation.body(answer);
    if (status !== "accepted" && status !== "rejected" && status !== "pending") {
        throw refuse(shareRules.onlyUpdatableStatus);
    }
    const imageId = operation.param("image_id");
    // Only the recipient can answer, for itself: the owner gets 403 (terraform-provider-opentelekomcloud#2686).
    if (operation.param("member_id") !== operation.project.id) throw refuse(shareRules.forbidden, imageId);
    const member = answerShare(operation, imageId, status, vault_id);
    if (!member) throw refuse(shareRules.forbidden, imageId);
    return ok(memberDocument(member));
}

/** All members for the owner, only its own share for a recipient. */
function visibleMembers(operation: Operation, imageId: string): Member[] {
    const visible = findVisible(operation, imageId);
    if (!visible || visible.relation === "gold") throw refuse(imageRules.missingNative, imageId);
    return visible.relation === "own" ? membersOf(operation.store, imageId) : [visible.member];
}

function listMembers(operation: Operation): Reply {
    return ok(membersDocument(visibleMembers(operation, operation.param("image_id"))));
}

function showMember(operation: Operation): Reply {
    const wanted = operation.param("member_id");
    const member = visibleMembers(operation, operation.param("image_id")).find(({ projectId }) => projectId === wanted);
    if (!member) throw refuse(shareRules.memberMissing, wanted);
    return ok(memberDocument(member));
}

const native = "/v2/images/{image_id}/members";
const extended = "/v1/{project_id}/cloudimages/{image_id}/members";

/** Operations on single shares: Glance's own operations and the queries of IMS. */
export const memberRoutes: readonly Route[] = [
    { method: "POST", path: native, service: glance, operation: "GlanceAddMember", handler: addMember },
    {
        method: "PUT",
        path: `${native}/{member_id}`,
        service: glance,
        operation: "GlanceUpdateMember",
        handler: updateMember,
    },
    {
        method: "DELETE",
        path: `${native}/{member_id}`,
        service: glance,
        operation: "GlanceDeleteMember",
        handler: removeMember,
    },
    ...[native, extended].flatMap((path): Route[] => [
        {
            method: "GET",
            path,
            service: glance,
            operation: "ListMembers",
            isRead: true,
            handler: listMembers,
        },
        {
            method: "GET",
            path: `${path}/{member_id}`,
            service: glance,
            operation: "ShowMember",
            isRead: true,
            handler: showMember,
        },
    ]),
];

import { assumed } from "../rules";

/** Errors of IAM, with the messages of Keystone. */
export const iamRules = {
    malformedBody: assumed(
        "IAM: the request body is not JSON of the documented form",
        "Keystone",
        "Bad Request",
        "Expecting to find valid JSON in the request body. The server could not comply with the request.",
    ),
    wrongPassword: assumed(
        "the name and password, or the token, do not match a user",
        "Keystone",
        "Unauthorized",
        "The username or password is wrong.",
        401,
    ),
    scopeUnknown: assumed(
        "the scope of the token is not the user's own domain or a project of it",
        "Keystone",
        "Unauthorized",
        "The project or domain of the scope does not exist or is not the user's.",
        401,
    ),
    projectMissing: assumed(
        "the project does not exist in the domain",
        "Keystone",
        "Not Found",
        "Could not find project.",
        404,
    ),
    tokenMissing: assumed(
        "X-Subject-Token is not a valid token of the caller's domain",
        "Keystone",
        "Not Found",
        "Could not find token.",
        404,
    ),
};

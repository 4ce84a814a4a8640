import { native, nested } from "../gateway/envelopes";
import type { Service } from "../gateway/service";
import { imageRequestRules } from "./imageRules";

const { malformedBody, projectMismatch } = imageRequestRules;

export const ims: Service = { name: "ims", malformedBody, projectMismatch, errorBody: nested };

/** Native image operations appear in the call log under the image service. */
export const glance: Service = { name: "ims", malformedBody, projectMismatch, errorBody: native };

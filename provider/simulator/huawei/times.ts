/** The time formats of the services. */

/** "2018-09-06T14:03:27Z": images and servers. */
export const inSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** "2024-11-06T06:28:14.425Z": jobs. */
export const inMilliseconds = (ms: number): string => new Date(ms).toISOString();

/** "2018-08-14T07:53:15.663766", no zone: CSBS, EVS, launched_at. */
export const inMicroseconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 23)}000`;

/** "2019-05-10T07:59:12.085+00:00": CBR. */
export const withOffset = (ms: number): string => `${new Date(ms).toISOString().slice(0, 23)}+00:00`;

/** "2026-01-01T00:00:00.000000Z": Keystone. */
export const inKeystone = (ms: number): string => `${inMicroseconds(ms)}Z`;

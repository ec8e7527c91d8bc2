import * as z from 'zod/mini';
import { about, duration, maybe, name, text } from '../common.ts';

export const shared = {
  name: maybe('The name of the check in reports. Default: made from what it does.', text),
  severity: maybe('warn is reported and does not decide. Default fail.', z.enum(['fail', 'warn'])),
};

export const places = {
  on: maybe("Where the request is sent from. Default: the service's host for 127.0.0.1, else the runner.", name),
  service: maybe('The service whose port $PORT is, where several have one.', name),
};

export const httpRequest = {
  url: about('$PORT is the port of the track; $NAME a variable of the step.', text),
  method: maybe('Default GET.', z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'])),
  headers: maybe('Headers of the request. Secrets are named: "Bearer $API_TOKEN".', z.record(text, z.string())),
  json: maybe('The body, sent as JSON. `${name}` stands for a captured value.', z.unknown()),
  status: maybe('The status expected. Default: any 2xx.', z.int().check(z.minimum(100), z.maximum(599))),
  body: maybe(
    'Dotted paths into the JSON answer, each with the value expected, or a threshold for a number ("> 0").',
    z.record(text, z.unknown()),
  ),
  contains: maybe('A text that the answer must contain.', text),
  header: maybe('Headers that the answer must have.', z.record(text, z.string())),
  capture: maybe('Dotted paths into the JSON answer, kept under a name for later steps.', z.record(name, text)),
  timeout: maybe('How long a request may take before it is given up. Default 10 s.', duration),
};

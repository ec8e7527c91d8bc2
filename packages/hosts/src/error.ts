import { RunbookError, type RunbookErrorOptions } from '@release-runbook/units/error';

/** What a host lacked. Steps tell it by a reason of its own, for machines. */
export class HostError extends RunbookError {
  override readonly name = 'HostError';
  readonly lack: 'unreachable' | 'no-space';

  constructor(lack: 'unreachable' | 'no-space', message: string, options: RunbookErrorOptions = {}) {
    super(message, options);
    this.lack = lack;
  }
}

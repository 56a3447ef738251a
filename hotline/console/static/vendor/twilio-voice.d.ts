// The part of the phone SDK that core/phone/browser.js uses.
export interface Emitter { on(name: string, listener: (...args: any[]) => void): this }
export interface Call extends Emitter { mute(on: boolean): void; disconnect(): void; sendDigits(digits: string): void }
export class Device {
  constructor(token: string, options: Record<string, unknown>);
  on(name: string, listener: (...args: any[]) => void): this;
  connect(options?: { params?: Record<string, string> }): Promise<Call>;
  updateToken(token: string): void;
  destroy(): void;
}

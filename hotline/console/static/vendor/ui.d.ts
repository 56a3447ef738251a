// Types of the names we use from the vendored libraries; made by hand, checked by `npm run types`.
export interface TemplateResult { readonly strings: TemplateStringsArray; readonly values: unknown[] }
export function html(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
export function svg(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
export function render(value: unknown, container: Element | DocumentFragment): unknown;
export const nothing: unique symbol;
export function repeat<T>(items: Iterable<T>, key: (item: T, index: number) => unknown, view: (item: T, index: number) => unknown): unknown;
export function live(value: unknown): unknown;
export function guard(dependencies: unknown[], view: () => unknown): unknown;
export function ref(callback: (element: Element | undefined) => void): unknown;
export function classMap(classes: Record<string, unknown>): unknown;
export interface ReadonlySignal<T> { readonly value: T; peek(): T; subscribe(fn: (value: T) => void): () => void }
export interface Signal<T> extends ReadonlySignal<T> { value: T }
export function signal<T>(value: T): Signal<T>;
export function computed<T>(fn: () => T): ReadonlySignal<T>;
export function effect(fn: () => void | (() => void)): () => void;
export function batch<T>(fn: () => T): T;
export function untracked<T>(fn: () => T): T;
export class FluentResource { constructor(source: string) }
export class FluentBundle {
  constructor(locales: string | string[], options?: { useIsolating?: boolean; functions?: Record<string, unknown> });
  addResource(resource: FluentResource, options?: { allowOverrides?: boolean }): Error[];
  hasMessage(id: string): boolean;
  getMessage(id: string): { value: unknown; attributes: Record<string, unknown> } | undefined;
  formatPattern(pattern: unknown, args?: Record<string, unknown> | null, errors?: Error[] | null): string;
}

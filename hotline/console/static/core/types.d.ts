// The shapes of the JSON API and of the live socket, as the server sends them.
export type Lang = 'ky' | 'ru' | 'uz' | 'en';
export type Labels = Partial<Record<Lang, string>>;
export interface Me { id: string; name: string; roles: string[]; permissions: string[]; lang: Lang; phone_mode: string }
export interface Presence { state: string; reason: string | null; since: string | null; until: string | null; calls: number; chats: number; max_chats: number }
export interface Offer { id: string; contact_id: string; kind: 'call' | 'chat'; channel: string; language: string | null; topic: string | null; danger: boolean; masked: string; until: string; waiting_since: string; history_count: number; purpose?: string; assigned?: boolean }
export interface Party { leg: string; role: 'caller' | 'operator' | 'third' | 'supervisor'; label: string | null; state: string }
export interface Transfer { to_name: string | null; warm: boolean; state: string; mine: 'from' | 'to' }
export interface Can { hold: boolean; third: boolean; transfer: boolean; warm: boolean; listen: boolean }
export interface CallState { state: 'connecting' | 'live' | 'lost' | 'ended'; held?: boolean; can?: Partial<Can>; parties?: Party[]; transfer?: Transfer | null; watched?: boolean; recording?: { state: string; why: string | null }; callback?: PromiseCard | null; message?: VoiceMessage | null }
export interface Callback { id: string; contact_id: string; why: string; state: string; danger: boolean; masked: string; language: string | null; topic: string | null; asked_at: string; due_at: string | null; agreed: { from: string; until: string } | null; overdue: boolean; safe_now: boolean; next_safe: string | null; safety: boolean; attempts: number; tries: number; tried_at: string; tried_as: string | null; excepted: string | null; exception_over: boolean; busy: boolean; can_call: boolean }
export interface PromiseCard { id: string; why: string; from: string | null; until: string | null; reason: string | null; attempt: number; of: number; protects: boolean; asks_first: boolean }
export interface Safety { zone: string; windows: { days: number[]; from: string; to: string }[]; never: boolean; may_name: boolean; channels: string[]; others: string; we_say: string; they_say: string; if_other: string; alarm: string }
export interface SafetyRead { safety: Safety; rev: number; asked_at: string | null; stale: boolean; wrong_at: string | null; safe_now: boolean; next_safe: string | null; zones: { key: string; labels: Labels; offset: string }[] }
export interface VoiceMessage { id: string; length_s: number | null; at: string; state: string }
export interface ContactCard { id: string; channel: string; kind: 'call' | 'chat'; state: string; language: string | null; topic: string | null; danger: boolean; alarm?: boolean; masked: string; since: string; unread: number; left_at?: string | null; last_at?: string | null; call: CallState | null; chat?: ChatState | null; wrap_up?: WrapUp | null; finished: boolean }
export interface WrapUp { until: string | null; extended: boolean; over: boolean }
export interface ChatState { state: string; waiting_since: string | null; reopens: string | null }
export interface Quote { id: number; from: string; kind: string; text: string | null }
/** A file of a message; what it is shown as: picture, voice, download. */
export interface ChatFile { id: string; kind: string; state: string; error: string | null; type: string; show: string; length: number; width: number | null; height: number | null; duration_s: number | null; album: string | null; name: string | null }
export interface Reply { key: string; texts: Labels }
export interface CallerLink { id: string; state: string; channel: string; masked: string; at: string; mine: boolean }
export interface QueueItem { id: string; channel: string; language: string | null; topic: string | null; danger: boolean; since: string; effective_at: string }
export interface QueueStats { waiting: number; longest_since: string | null; by_channel: Record<string, number> }
export interface CaseCard { id: string; code: string; kind: string; level: string; state: string; contact_id: string; raised_at: string; deadline_at: string; owner: { id: string; name: string } | null; acked_at: string | null; acked_by: { id: string; name: string } | string | null; overdue: boolean; step: number; sealed: boolean }
export interface Message { id: number; contact_id: string; from: 'caller' | 'operator' | 'bot'; kind: string; text: string | null; state: string; error: string | null; at: string; client_id: string | null; staff: string | null; files?: ChatFile[]; reply?: Quote | null; edited_at?: string | null; edit?: { state: string; error: string | null } | null }
export interface Snapshot { epoch: string; seq: number; server_time: string; presence: Presence; offers: Offer[]; mine: ContactCard[]; queue: QueueItem[]; queue_stats: QueueStats; escalations?: CaseCard[]; messages?: number; undecided?: number; shut?: Shut[]; back?: Back[]; online: number }
/** The person of a sealed case waits. */
export interface Back { case_id: string; code: string; contact_id: string; since: string }
/** The line, or a queue, that somebody shut by hand. */
export interface Shut { queue: string | null; name: Labels | null; door: 'closed' | 'overflow'; until: string | null; by: string; at: string }
export interface Boot { csrf: string; build: string; lang: Lang; me: Me; server_time: string; catalogue: string; statics: string; form_hash: string; snapshot: Snapshot | null; draft_key?: string; channels: string[]; file_channels?: string[]; lively_channels?: string[]; phone_modes?: string[]; chat?: { amber_s: number; red_s: number }; verify_after_min?: number }
export interface Listed { key: string; labels: Labels; flags?: string[]; weight?: string; non_data?: boolean; children?: Listed[] }
export interface Field { id: string; type: string; required: unknown; pii: boolean; when: unknown; options_from: string | null; options: (Listed | string)[] | null; section: string; limit?: number; labels: Labels }
export interface Form { version: number | string; kinds: Listed[]; sections?: Listed[]; fields: Field[]; lists: Record<string, Listed[]> }
export interface RecordData { contact_id: string; rev: number; state: string; kind: string | null; topic: string | null; country: string | null; region: string | null; screening: string[]; danger_now: string | null; summary: string | null; advice: string | null; form_version: number | string; fields: Record<string, unknown>; saved_at: string | null; author: { id: string; name: string } | null }
export interface TimelineItem { id?: number | string; at: string; kind: string; staff: string | null; fields: Record<string, unknown> }
export interface Detail { card: ContactCard; timeline: TimelineItem[]; answers: { language: string | null; topic: string | null; danger: boolean }; channel_safe?: boolean; history: { id: string; at: string; channel: string; topic: string | null; outcome: string | null }[] }
export interface LogRow { id: string; opened_at: string; channel: string; masked: string; language: string | null; topic: string | null; operator: string | null; length_s: number | null; wait_s: number | null; kind: string | null; outcome: string | null; state: string; danger: boolean; risk: string; case: { id: string; code: string; state: string } | null }
export interface LiveEvent { k: string; [field: string]: any }
export interface Frame { e: string; s: number; t: string; ev: LiveEvent[] }

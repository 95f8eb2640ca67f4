
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "api_keys": {
                  Row: {
                    "created_at": string,"created_by": string,"digest": string,"expires_at": string | null,"id": string,"last_used_at": string | null,"name": string,"org_id": string,"revoked_at": string | null,"role": "door"|"viewer"|"staff"|"admin"|"owner","scopes": (string)[] | null,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by": string,"digest": string,"expires_at"?: string | null,"id": string,"last_used_at"?: string | null,"name": string,"org_id": string,"revoked_at"?: string | null,"role": "door"|"viewer"|"staff"|"admin"|"owner","scopes"?: (string)[] | null,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string,"digest"?: string,"expires_at"?: string | null,"id"?: string,"last_used_at"?: string | null,"name"?: string,"org_id"?: string,"revoked_at"?: string | null,"role"?: "door"|"viewer"|"staff"|"admin"|"owner","scopes"?: (string)[] | null,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "api_keys_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"audit": {
                  Row: {
                    "actor_id": string | null,"actor_kind": string,"at": string,"effect": string,"id": number,"operation": string,"org_id": string,"proposal_id": string | null,"request_id": string,"seal": string | null,"subject_id": string | null,"summary": string,"thread_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "actor_id"?: string | null,"actor_kind": string,"at"?: string,"effect": string,"id"?: never,"operation": string,"org_id": string,"proposal_id"?: string | null,"request_id"?: string,"seal"?: string | null,"subject_id"?: string | null,"summary"?: string,"thread_id"?: string | null
                  }
                  Update: {
                    "actor_id"?: string | null,"actor_kind"?: string,"at"?: string,"effect"?: string,"id"?: never,"operation"?: string,"org_id"?: string,"proposal_id"?: string | null,"request_id"?: string,"seal"?: string | null,"subject_id"?: string | null,"summary"?: string,"thread_id"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "audit_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"audit_redactions": {
                  Row: {
                    "audit_id": number,"created_at": string,"erasure_id": string,"id": string,"org_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "audit_id": number,"created_at"?: string,"erasure_id": string,"id"?: string,"org_id": string
                  }
                  Update: {
                    "audit_id"?: number,"created_at"?: string,"erasure_id"?: string,"id"?: string,"org_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "audit_redactions_org_id_erasure_id_fkey"
      columns: ["org_id","erasure_id"]
isOneToOne: false
      referencedRelation: "erasures"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"bookings": {
                  Row: {
                    "created_at": string,"during": unknown,"end_date": string,"event_id": string,"id": string,"org_id": string,"setup_minutes": number,"space_id": string,"start_date": string,"status": string,"teardown_minutes": number,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"during"?: never,"end_date": string,"event_id": string,"id"?: string,"org_id": string,"setup_minutes"?: number,"space_id": string,"start_date": string,"status"?: string,"teardown_minutes"?: number,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"during"?: never,"end_date"?: string,"event_id"?: string,"id"?: string,"org_id"?: string,"setup_minutes"?: number,"space_id"?: string,"start_date"?: string,"status"?: string,"teardown_minutes"?: number,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "bookings_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "bookings_org_id_space_id_fkey"
      columns: ["org_id","space_id"]
isOneToOne: false
      referencedRelation: "spaces"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"bundle_items": {
                  Row: {
                    "bundle_id": string,"created_at": string,"event_id": string,"id": string,"org_id": string,"quantity": number,"ticket_type_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "bundle_id": string,"created_at"?: string,"event_id": string,"id"?: string,"org_id": string,"quantity": number,"ticket_type_id": string
                  }
                  Update: {
                    "bundle_id"?: string,"created_at"?: string,"event_id"?: string,"id"?: string,"org_id"?: string,"quantity"?: number,"ticket_type_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "bundle_items_org_id_event_id_bundle_id_fkey"
      columns: ["org_id","event_id","bundle_id"]
isOneToOne: false
      referencedRelation: "ticket_types"
      referencedColumns: ["org_id","event_id","id"]
    },{
      foreignKeyName: "bundle_items_org_id_event_id_ticket_type_id_fkey"
      columns: ["org_id","event_id","ticket_type_id"]
isOneToOne: false
      referencedRelation: "ticket_types"
      referencedColumns: ["org_id","event_id","id"]
    }
                  ]
                },"check_in_list_ticket_types": {
                  Row: {
                    "created_at": string,"event_id": string,"id": string,"list_id": string,"org_id": string,"ticket_type_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"event_id": string,"id"?: string,"list_id": string,"org_id": string,"ticket_type_id": string
                  }
                  Update: {
                    "created_at"?: string,"event_id"?: string,"id"?: string,"list_id"?: string,"org_id"?: string,"ticket_type_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "check_in_list_ticket_types_org_id_event_id_list_id_fkey"
      columns: ["org_id","event_id","list_id"]
isOneToOne: false
      referencedRelation: "check_in_lists"
      referencedColumns: ["org_id","event_id","id"]
    },{
      foreignKeyName: "check_in_list_ticket_types_org_id_event_id_ticket_type_id_fkey"
      columns: ["org_id","event_id","ticket_type_id"]
isOneToOne: false
      referencedRelation: "ticket_types"
      referencedColumns: ["org_id","event_id","id"]
    }
                  ]
                },"check_in_lists": {
                  Row: {
                    "closes_at": string | null,"created_at": string,"event_id": string,"every_type": boolean,"id": string,"name": string,"opens_at": string | null,"org_id": string,"reentry": boolean,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "closes_at"?: string | null,"created_at"?: string,"event_id": string,"every_type"?: boolean,"id"?: string,"name": string,"opens_at"?: string | null,"org_id": string,"reentry"?: boolean,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "closes_at"?: string | null,"created_at"?: string,"event_id"?: string,"every_type"?: boolean,"id"?: string,"name"?: string,"opens_at"?: string | null,"org_id"?: string,"reentry"?: boolean,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "check_in_lists_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"check_ins": {
                  Row: {
                    "arrived": boolean,"barred": string | null,"by_user": string | null,"device": string,"event_id": string,"forced": boolean,"id": string,"kind": string,"latest": boolean,"list_id": string,"nonce": string,"offline": boolean,"org_id": string,"outcome": string,"reason": string | null,"received_at": string,"reentry": boolean,"scanned_at": string,"ticket_id": string | null,"told": string | null,"undone_at": string | null,"undone_by": string | null,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "arrived"?: boolean,"barred"?: string | null,"by_user"?: string | null,"device"?: string,"event_id": string,"forced"?: boolean,"id"?: string,"kind": string,"latest"?: boolean,"list_id": string,"nonce": string,"offline"?: boolean,"org_id": string,"outcome": string,"reason"?: string | null,"received_at"?: string,"reentry": boolean,"scanned_at": string,"ticket_id"?: string | null,"told"?: string | null,"undone_at"?: string | null,"undone_by"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "arrived"?: boolean,"barred"?: string | null,"by_user"?: string | null,"device"?: string,"event_id"?: string,"forced"?: boolean,"id"?: string,"kind"?: string,"latest"?: boolean,"list_id"?: string,"nonce"?: string,"offline"?: boolean,"org_id"?: string,"outcome"?: string,"reason"?: string | null,"received_at"?: string,"reentry"?: boolean,"scanned_at"?: string,"ticket_id"?: string | null,"told"?: string | null,"undone_at"?: string | null,"undone_by"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "check_ins_of_list"
      columns: ["org_id","event_id","list_id"]
isOneToOne: false
      referencedRelation: "check_in_lists"
      referencedColumns: ["org_id","event_id","id"]
    },{
      foreignKeyName: "check_ins_org_id_ticket_id_fkey"
      columns: ["org_id","ticket_id"]
isOneToOne: false
      referencedRelation: "tickets"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"door_staff": {
                  Row: {
                    "created_at": string,"event_id": string,"id": string,"org_id": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"event_id": string,"id"?: string,"org_id": string,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"event_id"?: string,"id"?: string,"org_id"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "door_staff_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "door_staff_user_id_org_id_fkey"
      columns: ["user_id","org_id"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["user_id","org_id"]
    }
                  ]
                },"erasures": {
                  Row: {
                    "conversations": number,"created_at": string,"finished_at": string | null,"id": string,"mails": number,"mentions": number,"orders": number,"org_id": string,"person": string,"pseudonym": string,"terms": string | null,"tickets": number,"updated_at": string,"version": number,"waiting_list_entries": number
                  }
                  ComputedFields: never
                  Insert: {
                    "conversations"?: number,"created_at"?: string,"finished_at"?: string | null,"id": string,"mails"?: number,"mentions"?: number,"orders"?: number,"org_id": string,"person"?: string,"pseudonym": string,"terms"?: string | null,"tickets"?: number,"updated_at"?: string,"version"?: number,"waiting_list_entries"?: number
                  }
                  Update: {
                    "conversations"?: number,"created_at"?: string,"finished_at"?: string | null,"id"?: string,"mails"?: number,"mentions"?: number,"orders"?: number,"org_id"?: string,"person"?: string,"pseudonym"?: string,"terms"?: string | null,"tickets"?: number,"updated_at"?: string,"version"?: number,"waiting_list_entries"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "erasures_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"events": {
                  Row: {
                    "cancel_reason": string | null,"capacity": number | null,"created_at": string,"currency": string,"description": string,"end_date": string,"id": string,"name": string,"org_id": string,"start_date": string,"status": string,"timezone": string,"updated_at": string,"venue_id": string | null,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "cancel_reason"?: string | null,"capacity"?: number | null,"created_at"?: string,"currency": string,"description"?: string,"end_date": string,"id"?: string,"name": string,"org_id": string,"start_date": string,"status"?: string,"timezone": string,"updated_at"?: string,"venue_id"?: string | null,"version"?: number
                  }
                  Update: {
                    "cancel_reason"?: string | null,"capacity"?: number | null,"created_at"?: string,"currency"?: string,"description"?: string,"end_date"?: string,"id"?: string,"name"?: string,"org_id"?: string,"start_date"?: string,"status"?: string,"timezone"?: string,"updated_at"?: string,"venue_id"?: string | null,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "events_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "events_org_id_venue_id_fkey"
      columns: ["org_id","venue_id"]
isOneToOne: false
      referencedRelation: "venues"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"file_removals": {
                  Row: {
                    "created_at": string,"id": string,"org_id": string,"paths": (string)[],"tried_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"id"?: string,"org_id": string,"paths": (string)[],"tried_at"?: string | null
                  }
                  Update: {
                    "created_at"?: string,"id"?: string,"org_id"?: string,"paths"?: (string)[],"tried_at"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"files": {
                  Row: {
                    "bytes": number,"created_at": string,"created_by": string,"event_id": string | null,"height": number | null,"id": string,"kind": string,"media_type": string,"name": string,"org_id": string,"path": string,"sha256": string,"sponsor_id": string | null,"state": string,"thread_id": string | null,"updated_at": string,"variants": NonNullable<Json>,"venue_id": string | null,"version": number,"width": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "bytes": number,"created_at"?: string,"created_by": string,"event_id"?: string | null,"height"?: number | null,"id"?: string,"kind": string,"media_type": string,"name": string,"org_id": string,"path": string,"sha256": string,"sponsor_id"?: string | null,"state"?: string,"thread_id"?: string | null,"updated_at"?: string,"variants"?: NonNullable<Json>,"venue_id"?: string | null,"version"?: number,"width"?: number | null
                  }
                  Update: {
                    "bytes"?: number,"created_at"?: string,"created_by"?: string,"event_id"?: string | null,"height"?: number | null,"id"?: string,"kind"?: string,"media_type"?: string,"name"?: string,"org_id"?: string,"path"?: string,"sha256"?: string,"sponsor_id"?: string | null,"state"?: string,"thread_id"?: string | null,"updated_at"?: string,"variants"?: NonNullable<Json>,"venue_id"?: string | null,"version"?: number,"width"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "files_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "files_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "files_org_id_sponsor_id_fkey"
      columns: ["org_id","sponsor_id"]
isOneToOne: false
      referencedRelation: "sponsors"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "files_org_id_thread_id_fkey"
      columns: ["org_id","thread_id"]
isOneToOne: false
      referencedRelation: "threads"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "files_org_id_venue_id_fkey"
      columns: ["org_id","venue_id"]
isOneToOne: false
      referencedRelation: "venues"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"hold_items": {
                  Row: {
                    "created_at": string,"event_id": string,"hold_id": string,"id": string,"org_id": string,"quantity": number,"ticket_type_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"event_id": string,"hold_id": string,"id"?: string,"org_id": string,"quantity": number,"ticket_type_id": string
                  }
                  Update: {
                    "created_at"?: string,"event_id"?: string,"hold_id"?: string,"id"?: string,"org_id"?: string,"quantity"?: number,"ticket_type_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "hold_items_org_id_event_id_hold_id_fkey"
      columns: ["org_id","event_id","hold_id"]
isOneToOne: false
      referencedRelation: "holds"
      referencedColumns: ["org_id","event_id","id"]
    },{
      foreignKeyName: "hold_items_org_id_event_id_ticket_type_id_fkey"
      columns: ["org_id","event_id","ticket_type_id"]
isOneToOne: false
      referencedRelation: "ticket_types"
      referencedColumns: ["org_id","event_id","id"]
    }
                  ]
                },"holds": {
                  Row: {
                    "created_at": string,"event_id": string,"expires_at": string,"extended": number,"id": string,"label": string,"org_id": string,"promo_code_id": string | null,"promo_uses": number,"purpose": string,"status": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"event_id": string,"expires_at": string,"extended"?: number,"id"?: string,"label"?: string,"org_id": string,"promo_code_id"?: string | null,"promo_uses"?: number,"purpose"?: string,"status"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"event_id"?: string,"expires_at"?: string,"extended"?: number,"id"?: string,"label"?: string,"org_id"?: string,"promo_code_id"?: string | null,"promo_uses"?: number,"purpose"?: string,"status"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "holds_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "holds_org_id_event_id_promo_code_id_fkey"
      columns: ["org_id","event_id","promo_code_id"]
isOneToOne: false
      referencedRelation: "promo_codes"
      referencedColumns: ["org_id","event_id","id"]
    }
                  ]
                },"idempotency_keys": {
                  Row: {
                    "created_at": string,"key": string,"operation": string,"org_id": string,"request_hash": string,"response": NonNullable<Json>,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"key": string,"operation": string,"org_id": string,"request_hash": string,"response": NonNullable<Json>,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"key"?: string,"operation"?: string,"org_id"?: string,"request_hash"?: string,"response"?: NonNullable<Json>,"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"invitations": {
                  Row: {
                    "accepted_at": string | null,"accepted_by": string | null,"created_at": string,"email": string,"event_ids": (string)[],"expires_at": string,"id": string,"invited_by": string,"letters": (string)[],"org_id": string,"revoked_at": string | null,"role": "door"|"viewer"|"staff"|"admin"|"owner","updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"created_at"?: string,"email": string,"event_ids"?: (string)[],"expires_at": string,"id": string,"invited_by": string,"letters"?: (string)[],"org_id": string,"revoked_at"?: string | null,"role": "door"|"viewer"|"staff"|"admin"|"owner","updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"created_at"?: string,"email"?: string,"event_ids"?: (string)[],"expires_at"?: string,"id"?: string,"invited_by"?: string,"letters"?: (string)[],"org_id"?: string,"revoked_at"?: string | null,"role"?: "door"|"viewer"|"staff"|"admin"|"owner","updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "invitations_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"mails": {
                  Row: {
                    "attempts": number,"body": string | null,"created_at": string,"dedupe_key": string,"event_id": string | null,"facts": NonNullable<Json>,"failure": string | null,"html": string | null,"id": string,"invitation_id": string | null,"kind": string,"locale": string,"order_id": string | null,"org_id": string,"recipient": string,"recipient_index": string | null,"sent_at": string | null,"status": string,"subject": string | null,"ticket_id": string | null,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts"?: number,"body"?: string | null,"created_at"?: string,"dedupe_key": string,"event_id"?: string | null,"facts"?: NonNullable<Json>,"failure"?: string | null,"html"?: string | null,"id"?: string,"invitation_id"?: string | null,"kind": string,"locale": string,"order_id"?: string | null,"org_id": string,"recipient": string,"recipient_index"?: string | null,"sent_at"?: string | null,"status"?: string,"subject"?: string | null,"ticket_id"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "attempts"?: number,"body"?: string | null,"created_at"?: string,"dedupe_key"?: string,"event_id"?: string | null,"facts"?: NonNullable<Json>,"failure"?: string | null,"html"?: string | null,"id"?: string,"invitation_id"?: string | null,"kind"?: string,"locale"?: string,"order_id"?: string | null,"org_id"?: string,"recipient"?: string,"recipient_index"?: string | null,"sent_at"?: string | null,"status"?: string,"subject"?: string | null,"ticket_id"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "mails_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "mails_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "mails_org_id_invitation_id_fkey"
      columns: ["org_id","invitation_id"]
isOneToOne: false
      referencedRelation: "invitations"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "mails_org_id_order_id_fkey"
      columns: ["org_id","order_id"]
isOneToOne: false
      referencedRelation: "orders"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "mails_org_id_order_id_fkey"
      columns: ["org_id","order_id"]
isOneToOne: false
      referencedRelation: "sales_lines"
      referencedColumns: ["org_id","order_id"]
    },{
      foreignKeyName: "mails_org_id_ticket_id_fkey"
      columns: ["org_id","ticket_id"]
isOneToOne: false
      referencedRelation: "tickets"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"memberships": {
                  Row: {
                    "created_at": string,"org_id": string,"role": "door"|"viewer"|"staff"|"admin"|"owner","user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"org_id": string,"role": "door"|"viewer"|"staff"|"admin"|"owner","user_id": string
                  }
                  Update: {
                    "created_at"?: string,"org_id"?: string,"role"?: "door"|"viewer"|"staff"|"admin"|"owner","user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "memberships_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "memberships_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "users"
      referencedColumns: ["id"]
    }
                  ]
                },"order_items": {
                  Row: {
                    "created_at": string,"discount_amount": number,"fee_amount": number,"id": string,"kind": string,"label": string,"order_id": string,"org_id": string,"part_of": string | null,"price_amount": number,"quantity": number,"reverses": string | null,"tax_amount": number,"tax_basis_points": number,"tax_included": boolean,"ticket_type_id": string | null,"total_amount": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"discount_amount"?: number,"fee_amount"?: number,"id"?: string,"kind"?: string,"label"?: string,"order_id": string,"org_id": string,"part_of"?: string | null,"price_amount": number,"quantity": number,"reverses"?: string | null,"tax_amount"?: number,"tax_basis_points"?: number,"tax_included"?: boolean,"ticket_type_id"?: string | null,"total_amount": number
                  }
                  Update: {
                    "created_at"?: string,"discount_amount"?: number,"fee_amount"?: number,"id"?: string,"kind"?: string,"label"?: string,"order_id"?: string,"org_id"?: string,"part_of"?: string | null,"price_amount"?: number,"quantity"?: number,"reverses"?: string | null,"tax_amount"?: number,"tax_basis_points"?: number,"tax_included"?: boolean,"ticket_type_id"?: string | null,"total_amount"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "order_items_org_id_order_id_fkey"
      columns: ["org_id","order_id"]
isOneToOne: false
      referencedRelation: "orders"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "order_items_org_id_order_id_fkey"
      columns: ["org_id","order_id"]
isOneToOne: false
      referencedRelation: "sales_lines"
      referencedColumns: ["org_id","order_id"]
    },{
      foreignKeyName: "order_items_org_id_order_id_part_of_fkey"
      columns: ["org_id","order_id","part_of"]
isOneToOne: false
      referencedRelation: "order_items"
      referencedColumns: ["org_id","order_id","id"]
    },{
      foreignKeyName: "order_items_org_id_order_id_reverses_fkey"
      columns: ["org_id","order_id","reverses"]
isOneToOne: false
      referencedRelation: "order_items"
      referencedColumns: ["org_id","order_id","id"]
    },{
      foreignKeyName: "order_items_org_id_ticket_type_id_fkey"
      columns: ["org_id","ticket_type_id"]
isOneToOne: false
      referencedRelation: "ticket_types"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"orders": {
                  Row: {
                    "billing_address": string,"buyer_email": string | null,"buyer_email_index": string | null,"buyer_name": string,"cancelled_at": string | null,"channel": string,"created_at": string,"credited_amount": number,"currency": string,"discount_amount": number,"event_id": string,"expires_at": string | null,"fee_amount": number,"hold_id": string | null,"id": string,"kept_amount": number,"link_version": number,"locale": string,"needs_approval": boolean,"number": string,"org_id": string,"paid_amount": number,"paid_at": string | null,"promo_code_id": string | null,"promo_uses": number,"refunded_amount": number,"status": string,"tax_amount": number,"total_amount": number,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "billing_address"?: string,"buyer_email"?: string | null,"buyer_email_index"?: string | null,"buyer_name"?: string,"cancelled_at"?: string | null,"channel"?: string,"created_at"?: string,"credited_amount"?: number,"currency": string,"discount_amount"?: number,"event_id": string,"expires_at"?: string | null,"fee_amount"?: number,"hold_id"?: string | null,"id"?: string,"kept_amount"?: number,"link_version"?: number,"locale"?: string,"needs_approval"?: boolean,"number": string,"org_id": string,"paid_amount"?: number,"paid_at"?: string | null,"promo_code_id"?: string | null,"promo_uses"?: number,"refunded_amount"?: number,"status": string,"tax_amount"?: number,"total_amount": number,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "billing_address"?: string,"buyer_email"?: string | null,"buyer_email_index"?: string | null,"buyer_name"?: string,"cancelled_at"?: string | null,"channel"?: string,"created_at"?: string,"credited_amount"?: number,"currency"?: string,"discount_amount"?: number,"event_id"?: string,"expires_at"?: string | null,"fee_amount"?: number,"hold_id"?: string | null,"id"?: string,"kept_amount"?: number,"link_version"?: number,"locale"?: string,"needs_approval"?: boolean,"number"?: string,"org_id"?: string,"paid_amount"?: number,"paid_at"?: string | null,"promo_code_id"?: string | null,"promo_uses"?: number,"refunded_amount"?: number,"status"?: string,"tax_amount"?: number,"total_amount"?: number,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "orders_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "orders_org_id_event_id_hold_id_fkey"
      columns: ["org_id","event_id","hold_id"]
isOneToOne: false
      referencedRelation: "holds"
      referencedColumns: ["org_id","event_id","id"]
    },{
      foreignKeyName: "orders_org_id_event_id_promo_code_id_fkey"
      columns: ["org_id","event_id","promo_code_id"]
isOneToOne: false
      referencedRelation: "promo_codes"
      referencedColumns: ["org_id","event_id","id"]
    }
                  ]
                },"organizations": {
                  Row: {
                    "auto_apply": boolean,"created_at": string,"currency": string,"id": string,"locale": string,"name": string,"suspended_at": string | null,"suspended_reason": string | null,"timezone": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "auto_apply"?: boolean,"created_at"?: string,"currency"?: string,"id"?: string,"locale"?: string,"name": string,"suspended_at"?: string | null,"suspended_reason"?: string | null,"timezone"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "auto_apply"?: boolean,"created_at"?: string,"currency"?: string,"id"?: string,"locale"?: string,"name"?: string,"suspended_at"?: string | null,"suspended_reason"?: string | null,"timezone"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    
                  ]
                },"outbox": {
                  Row: {
                    "created_at": string,"event_id": string | null,"id": number,"kind": string,"org_id": string,"relayed_at": string | null,"subject_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"event_id"?: string | null,"id"?: never,"kind": string,"org_id": string,"relayed_at"?: string | null,"subject_id"?: string | null
                  }
                  Update: {
                    "created_at"?: string,"event_id"?: string | null,"id"?: never,"kind"?: string,"org_id"?: string,"relayed_at"?: string | null,"subject_id"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"payment_events": {
                  Row: {
                    "created_at": string,"event_id": string,"id": string,"kind": string,"org_id": string,"outcome": string,"payment_id": string | null,"provider": string,"refund_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"event_id": string,"id"?: string,"kind": string,"org_id": string,"outcome": string,"payment_id"?: string | null,"provider": string,"refund_id"?: string | null
                  }
                  Update: {
                    "created_at"?: string,"event_id"?: string,"id"?: string,"kind"?: string,"org_id"?: string,"outcome"?: string,"payment_id"?: string | null,"provider"?: string,"refund_id"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "payment_events_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "payment_events_org_id_payment_id_fkey"
      columns: ["org_id","payment_id"]
isOneToOne: false
      referencedRelation: "payments"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "payment_events_org_id_refund_id_fkey"
      columns: ["org_id","refund_id"]
isOneToOne: false
      referencedRelation: "refunds"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"payments": {
                  Row: {
                    "amount": number,"attempts": number,"confirmed_at": string | null,"created_at": string,"currency": string,"failure": string | null,"id": string,"method": string,"order_id": string,"org_id": string,"pay_url": string | null,"provider": string,"provider_reference": string | null,"refunded_amount": number,"return_url": string | null,"status": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "amount": number,"attempts"?: number,"confirmed_at"?: string | null,"created_at"?: string,"currency": string,"failure"?: string | null,"id"?: string,"method": string,"order_id": string,"org_id": string,"pay_url"?: string | null,"provider"?: string,"provider_reference"?: string | null,"refunded_amount"?: number,"return_url"?: string | null,"status": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "amount"?: number,"attempts"?: number,"confirmed_at"?: string | null,"created_at"?: string,"currency"?: string,"failure"?: string | null,"id"?: string,"method"?: string,"order_id"?: string,"org_id"?: string,"pay_url"?: string | null,"provider"?: string,"provider_reference"?: string | null,"refunded_amount"?: number,"return_url"?: string | null,"status"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "payments_org_id_order_id_fkey"
      columns: ["org_id","order_id"]
isOneToOne: false
      referencedRelation: "orders"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "payments_org_id_order_id_fkey"
      columns: ["org_id","order_id"]
isOneToOne: false
      referencedRelation: "sales_lines"
      referencedColumns: ["org_id","order_id"]
    }
                  ]
                },"payouts": {
                  Row: {
                    "amount": number,"arrived_on": string,"created_at": string,"currency": string,"fee_amount": number,"id": string,"org_id": string,"provider": string,"reference": string,"updated_at": string,"version": number,"voided_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "amount": number,"arrived_on": string,"created_at"?: string,"currency": string,"fee_amount"?: number,"id"?: string,"org_id": string,"provider": string,"reference": string,"updated_at"?: string,"version"?: number,"voided_at"?: string | null
                  }
                  Update: {
                    "amount"?: number,"arrived_on"?: string,"created_at"?: string,"currency"?: string,"fee_amount"?: number,"id"?: string,"org_id"?: string,"provider"?: string,"reference"?: string,"updated_at"?: string,"version"?: number,"voided_at"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "payouts_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"platform_admins": {
                  Row: {
                    "created_at": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "platform_admins_user_id_fkey"
      columns: ["user_id"]
isOneToOne: true
      referencedRelation: "users"
      referencedColumns: ["id"]
    }
                  ]
                },"promo_code_ticket_types": {
                  Row: {
                    "created_at": string,"event_id": string,"id": string,"org_id": string,"promo_code_id": string,"ticket_type_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"event_id": string,"id"?: string,"org_id": string,"promo_code_id": string,"ticket_type_id": string
                  }
                  Update: {
                    "created_at"?: string,"event_id"?: string,"id"?: string,"org_id"?: string,"promo_code_id"?: string,"ticket_type_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "promo_code_ticket_types_org_id_event_id_promo_code_id_fkey"
      columns: ["org_id","event_id","promo_code_id"]
isOneToOne: false
      referencedRelation: "promo_codes"
      referencedColumns: ["org_id","event_id","id"]
    },{
      foreignKeyName: "promo_code_ticket_types_org_id_event_id_ticket_type_id_fkey"
      columns: ["org_id","event_id","ticket_type_id"]
isOneToOne: false
      referencedRelation: "ticket_types"
      referencedColumns: ["org_id","event_id","id"]
    }
                  ]
                },"promo_codes": {
                  Row: {
                    "active": boolean,"blocked": number,"blocks_ticket_type_id": string | null,"budget_amount": number | null,"code": string,"created_at": string,"currency": string | null,"event_id": string,"id": string,"kind": string,"label": string,"max_per_buyer": number | null,"max_uses": number | null,"off_amount": number | null,"org_id": string,"percent_basis_points": number | null,"price_amount": number | null,"spent_amount": number,"updated_at": string,"uses": number,"valid_from": string | null,"valid_until": string | null,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "active"?: boolean,"blocked"?: number,"blocks_ticket_type_id"?: string | null,"budget_amount"?: number | null,"code": string,"created_at"?: string,"currency"?: string | null,"event_id": string,"id"?: string,"kind": string,"label"?: string,"max_per_buyer"?: number | null,"max_uses"?: number | null,"off_amount"?: number | null,"org_id": string,"percent_basis_points"?: number | null,"price_amount"?: number | null,"spent_amount"?: number,"updated_at"?: string,"uses"?: number,"valid_from"?: string | null,"valid_until"?: string | null,"version"?: number
                  }
                  Update: {
                    "active"?: boolean,"blocked"?: number,"blocks_ticket_type_id"?: string | null,"budget_amount"?: number | null,"code"?: string,"created_at"?: string,"currency"?: string | null,"event_id"?: string,"id"?: string,"kind"?: string,"label"?: string,"max_per_buyer"?: number | null,"max_uses"?: number | null,"off_amount"?: number | null,"org_id"?: string,"percent_basis_points"?: number | null,"price_amount"?: number | null,"spent_amount"?: number,"updated_at"?: string,"uses"?: number,"valid_from"?: string | null,"valid_until"?: string | null,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "promo_codes_org_id_event_id_blocks_ticket_type_id_fkey"
      columns: ["org_id","event_id","blocks_ticket_type_id"]
isOneToOne: false
      referencedRelation: "ticket_types"
      referencedColumns: ["org_id","event_id","id"]
    },{
      foreignKeyName: "promo_codes_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"proposal_changes": {
                  Row: {
                    "action": string,"after": Json | null,"before": Json | null,"created_at": string,"org_id": string,"proposal_id": string,"row_id": string,"seq": number,"step": number,"table_name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "action": string,"after"?: Json | null,"before"?: Json | null,"created_at"?: string,"org_id": string,"proposal_id": string,"row_id": string,"seq"?: never,"step": number,"table_name": string
                  }
                  Update: {
                    "action"?: string,"after"?: Json | null,"before"?: Json | null,"created_at"?: string,"org_id"?: string,"proposal_id"?: string,"row_id"?: string,"seq"?: never,"step"?: number,"table_name"?: string
                  }
                  Relationships: [
                    
                  ]
                },"proposals": {
                  Row: {
                    "applied_at": string | null,"by_agent": boolean,"created_at": string,"created_by": string,"decided_at": string | null,"decided_by": string | null,"digest": string,"expires_at": string,"failure": Json | null,"id": string,"org_id": string,"preview": NonNullable<Json>,"replaces": string | null,"revision": number,"run_id": string | null,"status": string,"steps": NonNullable<Json>,"thread_id": string | null,"title": string,"undo_of": string | null,"undone_by": string | null,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "applied_at"?: string | null,"by_agent"?: boolean,"created_at"?: string,"created_by": string,"decided_at"?: string | null,"decided_by"?: string | null,"digest": string,"expires_at": string,"failure"?: Json | null,"id": string,"org_id": string,"preview": NonNullable<Json>,"replaces"?: string | null,"revision"?: number,"run_id"?: string | null,"status"?: string,"steps": NonNullable<Json>,"thread_id"?: string | null,"title"?: string,"undo_of"?: string | null,"undone_by"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "applied_at"?: string | null,"by_agent"?: boolean,"created_at"?: string,"created_by"?: string,"decided_at"?: string | null,"decided_by"?: string | null,"digest"?: string,"expires_at"?: string,"failure"?: Json | null,"id"?: string,"org_id"?: string,"preview"?: NonNullable<Json>,"replaces"?: string | null,"revision"?: number,"run_id"?: string | null,"status"?: string,"steps"?: NonNullable<Json>,"thread_id"?: string | null,"title"?: string,"undo_of"?: string | null,"undone_by"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "proposals_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "proposals_org_id_undo_of_fkey"
      columns: ["org_id","undo_of"]
isOneToOne: false
      referencedRelation: "proposals"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"quota_ticket_types": {
                  Row: {
                    "created_at": string,"event_id": string,"id": string,"org_id": string,"quota_id": string,"ticket_type_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"event_id": string,"id"?: string,"org_id": string,"quota_id": string,"ticket_type_id": string
                  }
                  Update: {
                    "created_at"?: string,"event_id"?: string,"id"?: string,"org_id"?: string,"quota_id"?: string,"ticket_type_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "quota_ticket_types_org_id_event_id_quota_id_fkey"
      columns: ["org_id","event_id","quota_id"]
isOneToOne: false
      referencedRelation: "quotas"
      referencedColumns: ["org_id","event_id","id"]
    },{
      foreignKeyName: "quota_ticket_types_org_id_event_id_ticket_type_id_fkey"
      columns: ["org_id","event_id","ticket_type_id"]
isOneToOne: false
      referencedRelation: "ticket_types"
      referencedColumns: ["org_id","event_id","id"]
    }
                  ]
                },"quotas": {
                  Row: {
                    "created_at": string,"event_id": string,"held": number,"id": string,"kind": string,"name": string,"org_id": string,"size": number,"sold": number,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"event_id": string,"held"?: number,"id"?: string,"kind": string,"name": string,"org_id": string,"size": number,"sold"?: number,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"event_id"?: string,"held"?: number,"id"?: string,"kind"?: string,"name"?: string,"org_id"?: string,"size"?: number,"sold"?: number,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "quotas_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"refund_choices": {
                  Row: {
                    "choice": string | null,"created_at": string,"deadline": string,"decided_at": string | null,"event_id": string,"id": string,"keep_amount": number,"options": (string)[],"order_id": string,"org_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "choice"?: string | null,"created_at"?: string,"deadline": string,"decided_at"?: string | null,"event_id": string,"id"?: string,"keep_amount"?: number,"options": (string)[],"order_id": string,"org_id": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "choice"?: string | null,"created_at"?: string,"deadline"?: string,"decided_at"?: string | null,"event_id"?: string,"id"?: string,"keep_amount"?: number,"options"?: (string)[],"order_id"?: string,"org_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "refund_choices_org_id_order_id_fkey"
      columns: ["org_id","order_id"]
isOneToOne: true
      referencedRelation: "orders"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "refund_choices_org_id_order_id_fkey"
      columns: ["org_id","order_id"]
isOneToOne: true
      referencedRelation: "sales_lines"
      referencedColumns: ["org_id","order_id"]
    }
                  ]
                },"refund_run_orders": {
                  Row: {
                    "created_at": string,"currency": string,"id": string,"kept_amount": number,"methods": NonNullable<Json>,"order_id": string,"org_id": string,"paid_amount": number,"refund_amount": number,"run_id": string,"status": string,"tickets": number,"why": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"currency": string,"id"?: string,"kept_amount": number,"methods": NonNullable<Json>,"order_id": string,"org_id": string,"paid_amount": number,"refund_amount": number,"run_id": string,"status"?: string,"tickets": number,"why"?: string | null
                  }
                  Update: {
                    "created_at"?: string,"currency"?: string,"id"?: string,"kept_amount"?: number,"methods"?: NonNullable<Json>,"order_id"?: string,"org_id"?: string,"paid_amount"?: number,"refund_amount"?: number,"run_id"?: string,"status"?: string,"tickets"?: number,"why"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "refund_run_orders_org_id_order_id_fkey"
      columns: ["org_id","order_id"]
isOneToOne: false
      referencedRelation: "orders"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "refund_run_orders_org_id_order_id_fkey"
      columns: ["org_id","order_id"]
isOneToOne: false
      referencedRelation: "sales_lines"
      referencedColumns: ["org_id","order_id"]
    },{
      foreignKeyName: "refund_run_orders_org_id_run_id_fkey"
      columns: ["org_id","run_id"]
isOneToOne: false
      referencedRelation: "refund_runs"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"refund_runs": {
                  Row: {
                    "created_at": string,"event_id": string,"fingerprint": string,"finished_at": string | null,"id": string,"keep_amount": number,"orders": number,"org_id": string,"reason": string | null,"started_by": string | null,"status": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"event_id": string,"fingerprint"?: string,"finished_at"?: string | null,"id": string,"keep_amount": number,"orders"?: number,"org_id": string,"reason"?: string | null,"started_by"?: string | null,"status"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"event_id"?: string,"fingerprint"?: string,"finished_at"?: string | null,"id"?: string,"keep_amount"?: number,"orders"?: number,"org_id"?: string,"reason"?: string | null,"started_by"?: string | null,"status"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "refund_runs_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"refunds": {
                  Row: {
                    "amount": number,"attempts": number,"created_at": string,"currency": string,"done_at": string | null,"failure": string | null,"id": string,"order_id": string,"org_id": string,"payment_id": string | null,"provider": string,"provider_reference": string | null,"reason": string | null,"status": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "amount": number,"attempts"?: number,"created_at"?: string,"currency": string,"done_at"?: string | null,"failure"?: string | null,"id"?: string,"order_id": string,"org_id": string,"payment_id"?: string | null,"provider"?: string,"provider_reference"?: string | null,"reason"?: string | null,"status"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "amount"?: number,"attempts"?: number,"created_at"?: string,"currency"?: string,"done_at"?: string | null,"failure"?: string | null,"id"?: string,"order_id"?: string,"org_id"?: string,"payment_id"?: string | null,"provider"?: string,"provider_reference"?: string | null,"reason"?: string | null,"status"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "refunds_org_id_order_id_fkey"
      columns: ["org_id","order_id"]
isOneToOne: false
      referencedRelation: "orders"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "refunds_org_id_order_id_fkey"
      columns: ["org_id","order_id"]
isOneToOne: false
      referencedRelation: "sales_lines"
      referencedColumns: ["org_id","order_id"]
    },{
      foreignKeyName: "refunds_org_id_payment_id_fkey"
      columns: ["org_id","payment_id"]
isOneToOne: false
      referencedRelation: "payments"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"runs": {
                  Row: {
                    "attempts": number,"client_run_id": string,"error_id": string | null,"finished_at": string | null,"holder": string,"id": string,"input": NonNullable<Json>,"input_tokens": number,"lease_until": string,"model": string,"org_id": string,"output_tokens": number,"prompt_version": string,"started_at": string,"status": string,"stop_requested": boolean,"thread_id": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts"?: number,"client_run_id"?: string,"error_id"?: string | null,"finished_at"?: string | null,"holder": string,"id"?: string,"input": NonNullable<Json>,"input_tokens"?: number,"lease_until": string,"model"?: string,"org_id": string,"output_tokens"?: number,"prompt_version"?: string,"started_at"?: string,"status"?: string,"stop_requested"?: boolean,"thread_id": string,"user_id": string
                  }
                  Update: {
                    "attempts"?: number,"client_run_id"?: string,"error_id"?: string | null,"finished_at"?: string | null,"holder"?: string,"id"?: string,"input"?: NonNullable<Json>,"input_tokens"?: number,"lease_until"?: string,"model"?: string,"org_id"?: string,"output_tokens"?: number,"prompt_version"?: string,"started_at"?: string,"status"?: string,"stop_requested"?: boolean,"thread_id"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "runs_org_id_thread_id_user_id_fkey"
      columns: ["org_id","thread_id","user_id"]
isOneToOne: false
      referencedRelation: "threads"
      referencedColumns: ["org_id","id","user_id"]
    }
                  ]
                },"shop_holds": {
                  Row: {
                    "created_at": string,"event_id": string,"id": string,"org_id": string,"peer": string,"places": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"event_id": string,"id": string,"org_id": string,"peer": string,"places": number
                  }
                  Update: {
                    "created_at"?: string,"event_id"?: string,"id"?: string,"org_id"?: string,"peer"?: string,"places"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "shop_holds_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"spaces": {
                  Row: {
                    "capacity": number | null,"created_at": string,"id": string,"name": string,"org_id": string,"updated_at": string,"venue_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "capacity"?: number | null,"created_at"?: string,"id"?: string,"name": string,"org_id": string,"updated_at"?: string,"venue_id": string,"version"?: number
                  }
                  Update: {
                    "capacity"?: number | null,"created_at"?: string,"id"?: string,"name"?: string,"org_id"?: string,"updated_at"?: string,"venue_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "spaces_org_id_venue_id_fkey"
      columns: ["org_id","venue_id"]
isOneToOne: false
      referencedRelation: "venues"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"sponsors": {
                  Row: {
                    "created_at": string,"id": string,"name": string,"org_id": string,"updated_at": string,"version": number,"website": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"id"?: string,"name": string,"org_id": string,"updated_at"?: string,"version"?: number,"website"?: string | null
                  }
                  Update: {
                    "created_at"?: string,"id"?: string,"name"?: string,"org_id"?: string,"updated_at"?: string,"version"?: number,"website"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "sponsors_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"sponsorships": {
                  Row: {
                    "amount": number,"created_at": string,"currency": string,"event_id": string,"id": string,"level": string,"org_id": string,"sponsor_id": string,"status": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "amount": number,"created_at"?: string,"currency": string,"event_id": string,"id"?: string,"level": string,"org_id": string,"sponsor_id": string,"status"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "amount"?: number,"created_at"?: string,"currency"?: string,"event_id"?: string,"id"?: string,"level"?: string,"org_id"?: string,"sponsor_id"?: string,"status"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "sponsorships_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "sponsorships_org_id_sponsor_id_fkey"
      columns: ["org_id","sponsor_id"]
isOneToOne: false
      referencedRelation: "sponsors"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"threads": {
                  Row: {
                    "agent_id": string,"archived": boolean,"created_at": string,"id": string,"last_run_at": string | null,"name": string,"org_id": string,"tainted": boolean,"updated_at": string,"user_id": string,"version": number,"waiting": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "agent_id"?: string,"archived"?: boolean,"created_at"?: string,"id": string,"last_run_at"?: string | null,"name"?: string,"org_id": string,"tainted"?: boolean,"updated_at"?: string,"user_id": string,"version"?: number,"waiting"?: string | null
                  }
                  Update: {
                    "agent_id"?: string,"archived"?: boolean,"created_at"?: string,"id"?: string,"last_run_at"?: string | null,"name"?: string,"org_id"?: string,"tainted"?: boolean,"updated_at"?: string,"user_id"?: string,"version"?: number,"waiting"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "threads_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"ticket_papers": {
                  Row: {
                    "created_at": string,"id": string,"order_id": string,"org_id": string,"path": string,"printed": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"id"?: string,"order_id": string,"org_id": string,"path": string,"printed": string
                  }
                  Update: {
                    "created_at"?: string,"id"?: string,"order_id"?: string,"org_id"?: string,"path"?: string,"printed"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "ticket_papers_org_id_order_id_fkey"
      columns: ["org_id","order_id"]
isOneToOne: true
      referencedRelation: "orders"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "ticket_papers_org_id_order_id_fkey"
      columns: ["org_id","order_id"]
isOneToOne: true
      referencedRelation: "sales_lines"
      referencedColumns: ["org_id","order_id"]
    }
                  ]
                },"ticket_types": {
                  Row: {
                    "created_at": string,"currency": string,"description": string,"event_id": string,"fee_amount": number,"fee_basis_points": number,"hidden": boolean,"id": string,"kind": string,"max_per_buyer": number | null,"max_per_order": number | null,"min_per_order": number,"name": string,"needs_approval": boolean,"org_id": string,"price_amount": number,"sales_end": string | null,"sales_start": string | null,"tax_basis_points": number,"tax_included": boolean,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"currency": string,"description"?: string,"event_id": string,"fee_amount"?: number,"fee_basis_points"?: number,"hidden"?: boolean,"id"?: string,"kind"?: string,"max_per_buyer"?: number | null,"max_per_order"?: number | null,"min_per_order"?: number,"name": string,"needs_approval"?: boolean,"org_id": string,"price_amount": number,"sales_end"?: string | null,"sales_start"?: string | null,"tax_basis_points"?: number,"tax_included"?: boolean,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"currency"?: string,"description"?: string,"event_id"?: string,"fee_amount"?: number,"fee_basis_points"?: number,"hidden"?: boolean,"id"?: string,"kind"?: string,"max_per_buyer"?: number | null,"max_per_order"?: number | null,"min_per_order"?: number,"name"?: string,"needs_approval"?: boolean,"org_id"?: string,"price_amount"?: number,"sales_end"?: string | null,"sales_start"?: string | null,"tax_basis_points"?: number,"tax_included"?: boolean,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "ticket_types_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"tickets": {
                  Row: {
                    "attendee_email": string | null,"attendee_email_index": string | null,"attendee_name": string,"code": string,"created_at": string,"event_id": string,"id": string,"order_id": string,"order_item_id": string,"org_id": string,"reversed_by": string | null,"status": string,"ticket_type_id": string,"transferred_from": string | null,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "attendee_email"?: string | null,"attendee_email_index"?: string | null,"attendee_name"?: string,"code": string,"created_at"?: string,"event_id": string,"id"?: string,"order_id": string,"order_item_id": string,"org_id": string,"reversed_by"?: string | null,"status"?: string,"ticket_type_id": string,"transferred_from"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "attendee_email"?: string | null,"attendee_email_index"?: string | null,"attendee_name"?: string,"code"?: string,"created_at"?: string,"event_id"?: string,"id"?: string,"order_id"?: string,"order_item_id"?: string,"org_id"?: string,"reversed_by"?: string | null,"status"?: string,"ticket_type_id"?: string,"transferred_from"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "tickets_org_id_event_id_ticket_type_id_fkey"
      columns: ["org_id","event_id","ticket_type_id"]
isOneToOne: false
      referencedRelation: "ticket_types"
      referencedColumns: ["org_id","event_id","id"]
    },{
      foreignKeyName: "tickets_org_id_order_id_order_item_id_fkey"
      columns: ["org_id","order_id","order_item_id"]
isOneToOne: false
      referencedRelation: "order_items"
      referencedColumns: ["org_id","order_id","id"]
    },{
      foreignKeyName: "tickets_org_id_order_id_reversed_by_fkey"
      columns: ["org_id","order_id","reversed_by"]
isOneToOne: false
      referencedRelation: "order_items"
      referencedColumns: ["org_id","order_id","id"]
    },{
      foreignKeyName: "tickets_org_id_transferred_from_fkey"
      columns: ["org_id","transferred_from"]
isOneToOne: false
      referencedRelation: "tickets"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"users": {
                  Row: {
                    "created_at": string,"email": string,"id": string,"name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"email": string,"id": string,"name"?: string
                  }
                  Update: {
                    "created_at"?: string,"email"?: string,"id"?: string,"name"?: string
                  }
                  Relationships: [
                    
                  ]
                },"venues": {
                  Row: {
                    "address": string,"capacity": number | null,"city": string,"created_at": string,"description": string,"id": string,"name": string,"org_id": string,"timezone": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "address"?: string,"capacity"?: number | null,"city"?: string,"created_at"?: string,"description"?: string,"id"?: string,"name": string,"org_id": string,"timezone": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "address"?: string,"capacity"?: number | null,"city"?: string,"created_at"?: string,"description"?: string,"id"?: string,"name"?: string,"org_id"?: string,"timezone"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "venues_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"waiting_list_entries": {
                  Row: {
                    "created_at": string,"email": string,"email_index": string | null,"event_id": string,"hold_id": string | null,"id": string,"locale": string,"name": string,"org_id": string,"quantity": number,"status": string,"ticket_type_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"email": string,"email_index"?: string | null,"event_id": string,"hold_id"?: string | null,"id"?: string,"locale"?: string,"name"?: string,"org_id": string,"quantity": number,"status"?: string,"ticket_type_id": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"email"?: string,"email_index"?: string | null,"event_id"?: string,"hold_id"?: string | null,"id"?: string,"locale"?: string,"name"?: string,"org_id"?: string,"quantity"?: number,"status"?: string,"ticket_type_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "waiting_list_entries_org_id_event_id_hold_id_fkey"
      columns: ["org_id","event_id","hold_id"]
isOneToOne: false
      referencedRelation: "holds"
      referencedColumns: ["org_id","event_id","id"]
    },{
      foreignKeyName: "waiting_list_entries_org_id_event_id_ticket_type_id_fkey"
      columns: ["org_id","event_id","ticket_type_id"]
isOneToOne: false
      referencedRelation: "ticket_types"
      referencedColumns: ["org_id","event_id","id"]
    }
                  ]
                },"waiting_lists": {
                  Row: {
                    "auto_offer": boolean,"created_at": string,"event_id": string,"id": string,"is_open": boolean,"offer_seconds": number,"org_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "auto_offer"?: boolean,"created_at"?: string,"event_id": string,"id"?: string,"is_open"?: boolean,"offer_seconds"?: number,"org_id": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "auto_offer"?: boolean,"created_at"?: string,"event_id"?: string,"id"?: string,"is_open"?: boolean,"offer_seconds"?: number,"org_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "waiting_lists_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: true
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"webhook_deliveries": {
                  Row: {
                    "attempts": number,"claimed_until": string | null,"created_at": string,"delivered_at": string | null,"given_up_at": string | null,"id": string,"kind": string,"last_error": string | null,"last_status": number | null,"next_attempt_at": string | null,"org_id": string,"outbox_id": number | null,"payload": NonNullable<Json>,"queued_at": string,"quiet_until": string | null,"webhook_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts"?: number,"claimed_until"?: string | null,"created_at"?: string,"delivered_at"?: string | null,"given_up_at"?: string | null,"id"?: string,"kind": string,"last_error"?: string | null,"last_status"?: number | null,"next_attempt_at"?: string | null,"org_id": string,"outbox_id"?: number | null,"payload": NonNullable<Json>,"queued_at"?: string,"quiet_until"?: string | null,"webhook_id": string
                  }
                  Update: {
                    "attempts"?: number,"claimed_until"?: string | null,"created_at"?: string,"delivered_at"?: string | null,"given_up_at"?: string | null,"id"?: string,"kind"?: string,"last_error"?: string | null,"last_status"?: number | null,"next_attempt_at"?: string | null,"org_id"?: string,"outbox_id"?: number | null,"payload"?: NonNullable<Json>,"queued_at"?: string,"quiet_until"?: string | null,"webhook_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "webhook_deliveries_org_id_webhook_id_fkey"
      columns: ["org_id","webhook_id"]
isOneToOne: false
      referencedRelation: "webhooks"
      referencedColumns: ["org_id","id"]
    }
                  ]
                },"webhooks": {
                  Row: {
                    "active": boolean,"created_at": string,"description": string,"disabled_reason": string | null,"id": string,"kinds": (string)[],"org_id": string,"secret_number": number,"secret_rotated_at": string | null,"updated_at": string,"url": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "active"?: boolean,"created_at"?: string,"description"?: string,"disabled_reason"?: string | null,"id"?: string,"kinds"?: (string)[],"org_id": string,"secret_number"?: number,"secret_rotated_at"?: string | null,"updated_at"?: string,"url": string,"version"?: number
                  }
                  Update: {
                    "active"?: boolean,"created_at"?: string,"description"?: string,"disabled_reason"?: string | null,"id"?: string,"kinds"?: (string)[],"org_id"?: string,"secret_number"?: number,"secret_rotated_at"?: string | null,"updated_at"?: string,"url"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "webhooks_org_id_fkey"
      columns: ["org_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            "ledger": {
                  Row: {
                    "account": string | null,"amount": number | null,"at": string | null,"currency": string | null,"entry": number | null,"event_id": string | null,"kind": string | null,"order_id": string | null,"org_id": string | null,"source_id": string | null,"transaction_id": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"sales_lines": {
                  Row: {
                    "at": string | null,"channel": string,"credited_amount": number | null,"currency": string,"discount_amount": number,"ended_at": string | null,"event_id": string,"fee_amount": number,"kept_amount": number | null,"kind": string,"label": string,"line_id": string,"order_id": string,"ordered_at": string,"org_id": string,"promo_code_id": string | null,"quantity": number,"tax_amount": number,"ticket_type_id": string | null,"total_amount": number,"was_paid": boolean | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "orders_org_id_event_id_fkey"
      columns: ["org_id","event_id"]
isOneToOne: false
      referencedRelation: "events"
      referencedColumns: ["org_id","id"]
    },{
      foreignKeyName: "orders_org_id_event_id_promo_code_id_fkey"
      columns: ["org_id","event_id","promo_code_id"]
isOneToOne: false
      referencedRelation: "promo_codes"
      referencedColumns: ["org_id","event_id","id"]
    }
                  ]
                }
          }
          Functions: {
            [_ in never]: never
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "public": {
          Enums: {
            
          }
        }
} as const

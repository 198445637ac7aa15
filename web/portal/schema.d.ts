export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process answers
         * @description Whether the process answers.
         */
        get: operations["health.alive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which rights there are here, and under which laws
         * @description Which rights there are here, and under which laws.
         */
        get: operations["portal.about"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/holdings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which kinds of data the company holds, where it shows that
         * @description Which kinds of data the company holds, where it shows that.
         */
        get: operations["portal.holdings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own requests
         * @description One's own requests.
         */
        get: operations["portal.list"];
        put?: never;
        /**
         * Make a request; a code goes to the address, unless this browser proved it before
         * @description Make a request; a code goes to the address, unless this browser proved it before.
         */
        post: operations["portal.ask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a code, to follow one's requests
         * @description The answer is the same whether or not there is a request of this address.
         */
        post: operations["portal.begin"];
        /**
         * Leave; this browser forgets
         * @description Leave; this browser forgets.
         */
        delete: operations["portal.end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have another code sent, by mail or as a text message
         * @description Have another code sent, by mail or as a text message.
         */
        post: operations["portal.another_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The code came back: the address is proven in this browser
         * @description The code came back: the address is proven in this browser.
         */
        post: operations["portal.prove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/assertion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The company's own login says who this is; no code is needed
         * @description The company's own login says who this is; no code is needed.
         */
        post: operations["portal.assert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them
         * @description One of them.
         */
        get: operations["portal.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/requests/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The correspondence in it
         * @description The correspondence in it.
         */
        get: operations["portal.messages"];
        put?: never;
        /**
         * Write to the company
         * @description Write to the company.
         */
        post: operations["portal.write"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/requests/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a request back
         * @description Take a request back.
         */
        post: operations["portal.withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/requests/{id}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that one does not accept the answer
         * @description Say that one does not accept the answer.
         */
        post: operations["portal.appeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/requests/{id}/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Copies of documents that one gave as a proof, and what became of each
         * @description Copies of documents that one gave as a proof, and what became of each.
         */
        get: operations["portal.documents"];
        put?: never;
        /**
         * Give the copy of a document as a proof; a person looks at it, then it is destroyed
         * @description PDF, JPEG, PNG or WebP.
         */
        post: operations["portal.give_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/requests/{id}/documents/{document}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Have a copy destroyed before anybody decided about it
         * @description Have a copy destroyed before anybody decided about it.
         */
        delete: operations["portal.take_document_back"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/requests/{id}/package": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The data that was asked for, as a zip archive
         * @description The ledger records that it was fetched.
         */
        get: operations["portal.package"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/requests/{id}/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The certificate of what was done, signed
         * @description The certificate of what was done, signed.
         */
        get: operations["portal.certificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/requests/{id}/certificate/document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The certificate as a page to print, in the language of the request
         * @description A copy to read. What is checked is the signed file.
         */
        get: operations["portal.certificate_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portal/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a link fills in
         * @description What a link fills in.
         */
        post: operations["portal.open_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agent/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Data Rights Protocol: whether a token still holds
         * @description Data Rights Protocol: whether a token still holds.
         */
        get: operations["drp.agent"];
        put?: never;
        /**
         * Data Rights Protocol: a token for this agent
         * @description Data Rights Protocol: a token for this agent.
         */
        post: operations["drp.set_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-rights-request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Data Rights Protocol: exercise a right of a person
         * @description Data Rights Protocol: exercise a right of a person.
         */
        post: operations["drp.exercise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-rights-request/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Data Rights Protocol: how far a request is
         * @description Data Rights Protocol: how far a request is.
         */
        get: operations["drp.status"];
        put?: never;
        post?: never;
        /**
         * Data Rights Protocol: the person takes it back
         * @description Data Rights Protocol: the person takes it back.
         */
        delete: operations["drp.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        PortalAbout: {
            organization: string;
            privacy_contact?: string | null;
            language: string;
            face: components["schemas"]["PortalFace"];
            own_texts: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            verifier: string;
            texts: boolean;
            laws: components["schemas"]["PortalLaw"][];
        };
        PortalFace: {
            /**
             * @description As data subjects know you; without it, the organization's name.
             * @example Example Shop
             */
            name?: string | null;
            /**
             * @description Color of buttons and links in the light theme; refused when it is hard to read.
             * @example #1b6f5d
             */
            accent?: string | null;
            /**
             * @description The same in the dark theme.
             * @example #8ac4b4
             */
            accent_dark?: string | null;
            /** @description A PNG, JPEG or WebP of at most 32 KiB, as data: URL in base64. */
            logo?: string | null;
            /** @description Whether everybody may read on the portal which kinds of data you hold. */
            show_holdings?: boolean;
            /**
             * Format: int64
             * @description Grows with every change.
             */
            readonly version: number;
        };
        PortalLaw: {
            id: string;
            name: string;
            places: string[];
            rights: components["schemas"]["PortalRight"][];
        };
        PortalRight: {
            right: components["schemas"]["Right"];
            name: string;
            article: string;
            note?: string | null;
            /** @description What tells it from the other rights of the law. */
            id: string;
            /** @description The one purpose that an objection by this right is against. */
            purpose?: string | null;
        };
        /** @enum {string} */
        Right: "access" | "portability" | "correction" | "erasure" | "restriction" | "objection" | "automated_decision" | "consent_withdrawal" | "complaint";
        PortalHolding: {
            category: string;
            /** @description Why: of the company's processing activities, in their words. */
            purposes: string[];
        };
        PortalAsk: {
            /**
             * @description Under which law.
             * @example eu-gdpr
             */
            law: string;
            /** @description Which right is claimed. */
            right: components["schemas"]["Right"];
            /**
             * @description In which the person is answered.
             * @example de
             */
            language?: string;
            /** @description Who asks, and for what. */
            content: components["schemas"]["RequestContent"];
            /** @description How the code comes; by text to the number ("phone") that the request names. */
            channel?: components["schemas"]["CodeChannel"];
        };
        RequestContent: {
            /** @description As the person gives it. */
            name?: string;
            /**
             * Format: email
             * @description Where answers go, and what is proven by a code.
             * @example ada@example.org
             */
            email: string;
            /** @description By what the person is known besides the address. */
            identifiers?: components["schemas"]["Identifier"][];
            /** @description What the person wrote. */
            details?: string;
            /** @description What is to be corrected. */
            corrections?: components["schemas"]["Correction"][];
            /** @description Against which purpose an objection or withdrawal goes; none: all. */
            purpose?: string | null;
        };
        Identifier: {
            /**
             * @description What kind of value it is: email, phone, customer_number.
             * @example email
             */
            kind: string;
            /** @description The value itself. */
            value: string;
        };
        Correction: {
            /**
             * @description What is wrong, as a category of the taxonomy.
             * @example user.contact.address
             */
            category: string;
            /** @description The wrong value, if known. */
            before?: string;
            /** @description The right value. */
            after: string;
        };
        /** @enum {string} */
        CodeChannel: "mail" | "text";
        PortalCodeSent: {
            /** Format: date-time */
            expires_at: string;
            /** Format: int64 */
            digits: number;
            /** @description This browser proved the address before: no code was sent. */
            proven: boolean;
            /** @description False where the law lets nobody be asked who they are: the request is carried out all the same, and the code only lets the person follow it. */
            needs_proof: boolean;
        };
        PortalBegin: {
            /**
             * Format: email
             * @description The address that you gave.
             */
            email: string;
            language?: string;
            /** @description How the code comes; by text to the number ("phone") that the request names. */
            channel?: components["schemas"]["CodeChannel"];
        };
        PortalAnotherCode: {
            /** @description How the code comes; by text to the number ("phone") that the request names. */
            channel?: components["schemas"]["CodeChannel"];
        };
        PortalCode: {
            /** @description From the letter or the text message. */
            code: string;
        };
        PortalAssertion: {
            /** @description From the company's own login: a signed JSON Web Token. */
            token: string;
            language?: string;
        };
        PortalProven: {
            /** Format: date-time */
            expires_at: string;
        };
        PortalRequest: {
            /** Format: uuid */
            id: string;
            law_name: string;
            right: components["schemas"]["Right"];
            state: components["schemas"]["RequestState"];
            /** Format: date-time */
            received_at: string;
            /** Format: date-time */
            finished_at?: string | null;
            deadlines: components["schemas"]["Deadline"][];
            extended: boolean;
            paused: boolean;
            proven: boolean;
            refusal?: components["schemas"]["Refusal"] | null;
            /** @description A copy of an identity document can be given as a proof. */
            takes_document: boolean;
            may_withdraw: boolean;
            may_appeal: boolean;
            /** @description The data asked for can be fetched. */
            has_package: boolean;
            /** @description The certificate of what was done can be fetched. */
            has_certificate: boolean;
        };
        /** @enum {string} */
        RequestState: "received" | "proving" | "verified" | "planned" | "approved" | "running" | "waiting_store" | "waiting_person" | "checking" | "checked" | "answered" | "refused" | "withdrawn" | "appealed" | "closed";
        Deadline: {
            right: components["schemas"]["Right"];
            duty: components["schemas"]["Duty"];
            /** Format: date-time */
            due: string;
            /** Format: date */
            day?: string | null;
            /** Format: date */
            cautious?: string | null;
            /** Format: date-time */
            counted_from: string;
            rule: components["schemas"]["PeriodRule"];
            law: string;
            /** Format: pack_version */
            law_version: string;
            article: string;
            source: string;
            /** Format: date */
            source_date: string;
            uncertain: boolean;
            calendar: string;
            holidays_known: boolean;
        };
        /** @enum {string} */
        Duty: "acknowledge" | "answer";
        PeriodRule: {
            /** Format: int64 */
            value: number;
            unit: components["schemas"]["PeriodUnit"];
            /** @description Whether the day of the event counts. */
            start_day?: components["schemas"]["StartDay"];
            /** @description What happens when the last day is not a working day. */
            roll?: components["schemas"]["Roll"];
        };
        /** @enum {string} */
        PeriodUnit: "hours" | "calendar_days" | "business_days" | "weeks" | "months" | "years";
        /** @enum {string} */
        StartDay: "excluded" | "included";
        /** @enum {string} */
        Roll: "none" | "next_working_day";
        Refusal: {
            ground: string;
            text: string;
            article: string;
            remedies: string[];
        };
        RequestMessage: {
            /** Format: uuid */
            id: string;
            direction: components["schemas"]["MessageDirection"];
            /** Format: date-time */
            at: string;
            text: string;
        };
        /** @enum {string} */
        MessageDirection: "to_person" | "from_person";
        PortalText: {
            text: string;
        };
        PortalDocument: {
            /** Format: uuid */
            id: string;
            format: components["schemas"]["DocumentFormat"];
            /** Format: int64 */
            size_bytes: number;
            /** Format: date-time */
            given_at: string;
            /** Format: date-time */
            expires_at: string;
            outcome: components["schemas"]["DocumentOutcome"];
            /** Format: date-time */
            destroyed_at?: string | null;
        };
        /** @enum {string} */
        DocumentFormat: "pdf" | "jpeg" | "png" | "webp";
        /** @enum {string} */
        DocumentOutcome: "waiting" | "accepted" | "rejected" | "taken_back" | "expired" | "unneeded";
        IdentityDocument: {
            /** Format: uuid */
            id: string;
            format: components["schemas"]["DocumentFormat"];
            /** Format: int64 */
            size_bytes: number;
            /** Format: date-time */
            given_at: string;
            by: components["schemas"]["Actor"];
            /** Format: date-time */
            expires_at: string;
            outcome: components["schemas"]["DocumentOutcome"];
            seen_by: components["schemas"]["Actor"][];
            /** Format: date-time */
            destroyed_at?: string | null;
        };
        Actor: {
            kind: components["schemas"]["ActorKind"];
            id: string;
        };
        /** @enum {string} */
        ActorKind: "user" | "token" | "subject" | "system" | "operator";
        LinkToken: {
            /** @description What stands behind "#link=". */
            token: string;
        };
        PortalPrefill: {
            /**
             * @description Under which law.
             * @example eu-gdpr
             */
            law?: string | null;
            /** @description What the person wants. */
            right?: components["schemas"]["Right"] | null;
            /**
             * Format: email
             * @description The person's address; they prove it all the same.
             */
            email?: string | null;
            /**
             * @description Of the page.
             * @example de
             */
            language?: string | null;
        };
        Problem: {
            /**
             * @description Names the kind of problem; one for each code.
             * @example /problems/store.full
             */
            type: string;
            /** @description The name of the status. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What happened. */
            detail: string;
            /** @description The request's id, which the server's log has too. */
            instance?: string | null;
            /**
             * @description Stable; for programs.
             * @example store.full
             */
            code: string;
            /** @description The reason. */
            why: string;
            /** @description What the reader can do about it. */
            mend: string;
            /** @description The facts that the sentences are made of. */
            parameters: {
                [key: string]: string;
            };
        };
        PortalDocumentList: {
            items: components["schemas"]["PortalDocument"][];
        };
        PortalHoldingList: {
            items: components["schemas"]["PortalHolding"][];
        };
        PortalRequestList: {
            items: components["schemas"]["PortalRequest"][];
        };
        RequestMessageList: {
            items: components["schemas"]["RequestMessage"][];
        };
    };
    responses: {
        /** @description Refused or failed: what, why, and how to mend it (RFC 9457). */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
        IdempotencyKey: string;
        /** @description What the file is called: `attachment; filename*=UTF-8''letter.pdf` (RFC 6266). */
        ContentDisposition: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "health.alive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.about": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalAbout"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.holdings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalHoldingList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalRequestList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.ask": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortalAsk"];
            };
        };
        responses: {
            /** @description The answer. */
            202: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalCodeSent"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.begin": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortalBegin"];
            };
        };
        responses: {
            /** @description The answer. */
            202: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalCodeSent"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.another_code": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortalAnotherCode"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.prove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortalCode"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.assert": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortalAssertion"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalProven"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.messages": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestMessageList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.write": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortalText"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.withdraw": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.appeal": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortalText"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.documents": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalDocumentList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.give_document": {
        parameters: {
            query?: never;
            header: {
                /** @description What the file is called: `attachment; filename*=UTF-8''letter.pdf` (RFC 6266). */
                "Content-Disposition": components["parameters"]["ContentDisposition"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityDocument"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.take_document_back": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                document: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.package": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.certificate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.certificate_pdf": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.open_link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkToken"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalPrefill"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "drp.agent": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As the directory of agents names it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "drp.set_up": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the directory of agents names it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/plain": string;
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "drp.exercise": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/plain": string;
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "drp.status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "drp.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/plain": string;
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
}

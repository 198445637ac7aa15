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
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether requests can be served
         * @description 200 when a change can be saved and the ledger takes entries, otherwise 503; the body says which part is in the way.
         */
        get: operations["health.ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Numbers for Prometheus
         * @description Numbers for Prometheus. Permission: `health.read`.
         */
        get: operations["health.metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health, part by part
         * @description Health, part by part. Permission: `health.read`.
         */
        get: operations["health.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document
         * @description This document.
         */
        get: operations["openapi.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether Privity waits to be set up
         * @description Whether Privity waits to be set up.
         */
        get: operations["setup.state"];
        put?: never;
        /**
         * Make the organization and its first administrator
         * @description With the token of the one-time link that Privity prints when it starts for the first time.
         */
        post: operations["setup.complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with address and password
         * @description Answers a session that is signed in, or one that waits for the second factor.
         */
        post: operations["session.password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish signing in with a code of the authenticator app
         * @description Finish signing in with a code of the authenticator app.
         */
        post: operations["session.totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/recovery-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish signing in with a recovery code
         * @description Finish signing in with a recovery code.
         */
        post: operations["session.recovery_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the browser needs to sign in with a passkey
         * @description What the browser needs to sign in with a passkey.
         */
        post: operations["session.passkey_options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a passkey
         * @description Sign in with a passkey.
         */
        post: operations["session.passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/link/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whose account a one-time link opens
         * @description Whose account a one-time link opens.
         */
        post: operations["session.look_at_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a password by an invitation or reset link, and sign in
         * @description Set a password by an invitation or reset link, and sign in.
         */
        post: operations["session.accept_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a link to set a new password sent
         * @description The answer is the same whether or not the address belongs to somebody.
         */
        post: operations["session.forgot_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in at this browser
         * @description Who is signed in at this browser.
         */
        get: operations["session.get"];
        put?: never;
        post?: never;
        /**
         * Sign out
         * @description Sign out.
         */
        delete: operations["session.end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/proof/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove anew to be there, by password
         * @description Prove anew to be there, by password.
         */
        post: operations["me.proof.password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/proof/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove anew to be there, by a code
         * @description Prove anew to be there, by a code.
         */
        post: operations["me.proof.totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/proof/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the browser needs to prove it by passkey
         * @description What the browser needs to prove it by passkey.
         */
        post: operations["me.proof.passkey_options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/proof/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove anew to be there, by passkey
         * @description Prove anew to be there, by passkey.
         */
        post: operations["me.proof.passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own account
         * @description One's own account.
         */
        get: operations["me.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change one's own name
         * @description Change one's own name.
         */
        patch: operations["me.update"];
        trace?: never;
    };
    "/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change one's own password
         * @description Ends all sessions and tokens and opens a new session for this browser.
         */
        put: operations["me.password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where one is signed in
         * @description Where one is signed in.
         */
        get: operations["me.sessions"];
        put?: never;
        post?: never;
        /**
         * Sign out everywhere else
         * @description Sign out everywhere else.
         */
        delete: operations["me.sessions.end_others"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions/{id}": {
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
         * Sign out one browser
         * @description Sign out one browser.
         */
        delete: operations["me.sessions.end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to add an authenticator app
         * @description Begin to add an authenticator app.
         */
        post: operations["me.totp.start"];
        /**
         * Remove the authenticator app
         * @description Remove the authenticator app.
         */
        delete: operations["me.totp.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show a code of the new app
         * @description The first second factor brings recovery codes, shown this once.
         */
        post: operations["me.totp.confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make new recovery codes
         * @description Shown this once; the old ones stop working.
         */
        post: operations["me.recovery_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the browser needs to make a passkey
         * @description What the browser needs to make a passkey.
         */
        post: operations["me.passkeys.options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a passkey
         * @description The first second factor brings recovery codes, shown this once.
         */
        post: operations["me.passkeys.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/passkeys/{id}": {
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
         * Remove a passkey
         * @description Remove a passkey.
         */
        delete: operations["me.passkeys.remove"];
        options?: never;
        head?: never;
        /**
         * Rename a passkey
         * @description Rename a passkey.
         */
        patch: operations["me.passkeys.rename"];
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People who can sign in
         * @description People who can sign in. Permission: `users.read`.
         */
        get: operations["users.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One person
         * @description One person. Permission: `users.read`.
         */
        get: operations["users.get"];
        put?: never;
        post?: never;
        /**
         * Remove a person with all credentials
         * @description Remove a person with all credentials. Permission: `users.write`.
         */
        delete: operations["users.delete"];
        options?: never;
        head?: never;
        /**
         * Change a person's name, address, roles or state
         * @description A change of address, roles or state ends the person's sessions and tokens. Permission: `users.write`.
         */
        patch: operations["users.update"];
        trace?: never;
    };
    "/v1/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a person is signed in
         * @description Where a person is signed in. Permission: `users.read`.
         */
        get: operations["users.sessions"];
        put?: never;
        post?: never;
        /**
         * End a person's sessions and tokens
         * @description End a person's sessions and tokens. Permission: `users.write`.
         */
        delete: operations["users.end_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/second-factors": {
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
         * Remove a person's authenticator app, passkeys and recovery codes
         * @description For somebody who lost them. Sessions and tokens end. Permission: `users.write`.
         */
        delete: operations["users.remove_second_factors"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/password-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link with which a person sets a new password
         * @description Sent by mail when mail is configured, else shown this once. Permission: `users.write`.
         */
        post: operations["users.password_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open invitations
         * @description Open invitations. Permission: `users.read`.
         */
        get: operations["invitations.list"];
        put?: never;
        /**
         * Invite somebody to sign in
         * @description The link is sent by mail when mail is configured, else shown this once. Permission: `users.write`.
         */
        post: operations["invitations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/{id}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new link for an invitation
         * @description The old link stops working. Permission: `users.write`.
         */
        post: operations["invitations.renew"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/{id}": {
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
         * Withdraw an invitation
         * @description Withdraw an invitation. Permission: `users.write`.
         */
        delete: operations["invitations.withdraw"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Roles
         * @description Roles. Permission: `roles.read`.
         */
        get: operations["roles.list"];
        put?: never;
        /**
         * Make a role
         * @description Make a role. Permission: `roles.write`.
         */
        post: operations["roles.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One role
         * @description One role. Permission: `roles.read`.
         */
        get: operations["roles.get"];
        /**
         * Change a role
         * @description Takes effect with the next request of whoever holds it. Permission: `roles.write`.
         */
        put: operations["roles.update"];
        post?: never;
        /**
         * Remove a role that nobody holds
         * @description Remove a role that nobody holds. Permission: `roles.write`.
         */
        delete: operations["roles.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What roles and tokens can be made of
         * @description What roles and tokens can be made of.
         */
        get: operations["permissions.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own API tokens, or everybody's with tokens.manage
         * @description One's own API tokens, or everybody's with tokens.manage. Permission: `tokens.read`.
         */
        get: operations["tokens.list"];
        put?: never;
        /**
         * Make an API token
         * @description Shown this once. It can do at most what its owner can at the time of each request. Permission: `tokens.write`.
         */
        post: operations["tokens.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens/{id}": {
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
         * Revoke an API token
         * @description Revoke an API token. Permission: `tokens.write`.
         */
        delete: operations["tokens.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tasks, the one due first in front
         * @description Tasks, the one due first in front. Permission: `tasks.use`.
         */
        get: operations["tasks.list"];
        put?: never;
        /**
         * Create a task
         * @description Create a task. Permission: `tasks.use`.
         */
        post: operations["tasks.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many tasks wait for oneself
         * @description How many tasks wait for oneself. Permission: `tasks.use`.
         */
        get: operations["tasks.waiting"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to a task
         * @description What happened to a task. Permission: `tasks.use`.
         */
        get: operations["tasks.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/predecessors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a task waits for
         * @description What a task waits for. Permission: `tasks.use`.
         */
        get: operations["tasks.predecessors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The evidence of a task
         * @description The evidence of a task. Permission: `tasks.use`.
         */
        get: operations["tasks.evidence"];
        put?: never;
        /**
         * Add evidence to a task
         * @description Add evidence to a task. Permission: `tasks.use`.
         */
        post: operations["tasks.add_evidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One task
         * @description One task. Permission: `tasks.use`.
         */
        get: operations["tasks.get"];
        /**
         * Replace a task's content
         * @description Replace a task's content. Permission: `tasks.use`.
         */
        put: operations["tasks.edit"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a task to another state
         * @description Take a task to another state. Permission: `tasks.use`.
         */
        post: operations["tasks.move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Comment on a task
         * @description Comment on a task. Permission: `tasks.use`.
         */
        post: operations["tasks.comment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/evidence/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a file to the evidence of a task
         * @description Add a file to the evidence of a task. Permission: `tasks.use`.
         */
        post: operations["tasks.add_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/evidence/{evidence}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file among the evidence of a task
         * @description The ledger records that it was opened. Permission: `tasks.use`.
         */
        get: operations["tasks.file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/playbooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The playbooks that are in force today
         * @description The playbooks that are in force today. Permission: `tasks.use`.
         */
        get: operations["playbooks.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/playbooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One playbook with its steps
         * @description One playbook with its steps. Permission: `tasks.use`.
         */
        get: operations["playbooks.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/playbooks/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a playbook: its steps become tasks
         * @description Business days are those of the place in the settings of rights requests; while none is set, or nobody wrote its holidays down, only weekends are left out. A step that waits for others is neither begun nor done before they are finished. Permission: `tasks.manage`.
         */
        post: operations["playbooks.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The providers that one can sign in with
         * @description The providers that one can sign in with.
         */
        get: operations["session.providers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/oidc/{provider}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to sign in with a provider
         * @description Begin to sign in with a provider.
         */
        post: operations["session.oidc_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/oidc/{provider}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to accept an invitation with a provider instead of a password
         * @description Begin to accept an invitation with a provider instead of a password.
         */
        post: operations["session.oidc_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/providers/{provider}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to bind one's account to one at a provider
         * @description Begin to bind one's account to one at a provider.
         */
        post: operations["me.providers.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/providers/{provider}": {
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
         * Remove the bond to an account at a provider
         * @description Remove the bond to an account at a provider.
         */
        delete: operations["me.providers.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a provider sends the browser back to
         * @description Where a provider sends the browser back to.
         */
        get: operations["session.oidc_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identity-providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sign-in providers
         * @description Sign-in providers. Permission: `identity_providers.read`.
         */
        get: operations["identity_providers.list"];
        put?: never;
        /**
         * Configure a sign-in provider
         * @description Configure a sign-in provider. Permission: `identity_providers.write`.
         */
        post: operations["identity_providers.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identity-providers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One sign-in provider
         * @description One sign-in provider. Permission: `identity_providers.read`.
         */
        get: operations["identity_providers.get"];
        /**
         * Change a sign-in provider
         * @description Change a sign-in provider. Permission: `identity_providers.write`.
         */
        put: operations["identity_providers.update"];
        post?: never;
        /**
         * Remove a sign-in provider and everybody's bond to it
         * @description Remove a sign-in provider and everybody's bond to it. Permission: `identity_providers.write`.
         */
        delete: operations["identity_providers.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identity-providers/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask a sign-in provider for what a sign-in would need of it
         * @description Reads its metadata and its keys anew. Nobody is signed in. Permission: `identity_providers.write`.
         */
        post: operations["identity_providers.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/organization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the organization says of itself
         * @description What the organization says of itself. Permission: `settings.read`.
         */
        get: operations["organization.show"];
        /**
         * Replace what the organization says of itself
         * @description Replace what the organization says of itself. Permission: `settings.write`.
         */
        put: operations["organization.replace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/portal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the public portal looks
         * @description How the public portal looks. Permission: `settings.read`.
         */
        get: operations["portal.show"];
        /**
         * Replace how the public portal looks
         * @description Replace how the public portal looks. Permission: `settings.write`.
         */
        put: operations["portal.replace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/portal/address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where people reach the public portal
         * @description Where people reach the public portal.
         */
        get: operations["portal.address"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/portal/texts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the public portal says at each place that may be worded by the company, in each language
         * @description What the public portal says at each place that may be worded by the company, in each language. Permission: `settings.read`.
         */
        get: operations["portal_texts.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/portal/texts/{place}/{language}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the public portal says at one place, in the company's own words or the built-in ones
         * @description What the public portal says at one place, in the company's own words or the built-in ones. Permission: `settings.read`.
         */
        get: operations["portal_texts.show"];
        /**
         * Say it in the company's own words
         * @description Say it in the company's own words. Permission: `settings.write`.
         */
        put: operations["portal_texts.set"];
        post?: never;
        /**
         * Let the built-in words count again
         * @description Let the built-in words count again. Permission: `settings.write`.
         */
        delete: operations["portal_texts.reset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/saved-views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own and shared views
         * @description One's own and shared views. Permission: `workspace.use`.
         */
        get: operations["saved_views.list"];
        put?: never;
        /**
         * Save a view
         * @description Save a view. Permission: `workspace.use`.
         */
        post: operations["saved_views.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/saved-views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace a view of one's own
         * @description Replace a view of one's own. Permission: `workspace.use`.
         */
        put: operations["saved_views.replace"];
        post?: never;
        /**
         * Delete a view of one's own
         * @description Delete a view of one's own. Permission: `workspace.use`.
         */
        delete: operations["saved_views.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own notifications, newest first
         * @description One's own notifications, newest first. Permission: `workspace.use`.
         */
        get: operations["notifications.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many notifications are unread
         * @description How many notifications are unread. Permission: `workspace.use`.
         */
        get: operations["notifications.count"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a notification as read
         * @description Mark a notification as read. Permission: `workspace.use`.
         */
        post: operations["notifications.read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark all notifications as read
         * @description Mark all notifications as read. Permission: `workspace.use`.
         */
        post: operations["notifications.read_all"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How one is told of what happens
         * @description Per kind: in the console, by mail too, or not at all. Permission: `workspace.use`.
         */
        get: operations["notifications.choices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Choose how one is told
         * @description Kinds that are not named stay as they are. What concerns one's own security cannot be turned off. Permission: `workspace.use`.
         */
        patch: operations["notifications.choose"];
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search everything that one may see
         * @description Search everything that one may see. Permission: `workspace.use`.
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write a backup of the whole installation
         * @description Write a backup of the whole installation.
         */
        post: operations["backup.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The keys of the installation: versions, ages, states
         * @description The keys of the installation: versions, ages, states. Permission: `keys.read`.
         */
        get: operations["keys.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/root/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give the key home a new root key
         * @description From the same source. Everything stays readable; old copies of the key home no longer open with the new key. Permission: `keys.rotate`.
         */
        post: operations["keys.rotate_root"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/root/source": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move the root key to another source
         * @description The configuration must name the new source before the next start.
         */
        post: operations["keys.move_root"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/named/{name}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give the ledger, backups or the index of people a new key: ledger.signing, backup, rights.index
         * @description Old backups stay readable. Checkpoints are signed with the new key and the one before; hand the new verifier key to everybody who verifies. What stands in the index of people is lifted to the new key by a job. Permission: `keys.rotate`.
         */
        post: operations["keys.rotate_named"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/buckets/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give every bucket a new key, in the background
         * @description Wraps the keys of all people anew. Copies of the database from before it no longer open; so take a backup afterwards. Permission: `keys.rotate`.
         */
        post: operations["keys.rotate_buckets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/people/{id}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give one person new keys, in the background
         * @description Seals what is kept about the person anew and forgets the old keys. Permission: `keys.rotate`.
         */
        post: operations["keys.rotate_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connected stores, by name
         * @description A password is never answered; `has_password` says whether there is one. Permission: `connections.read`.
         */
        get: operations["connections.list"];
        put?: never;
        /**
         * Connect a store
         * @description The password is sealed and never answered again. Writing is off unless it is granted, which wants the permission connections.grant_writing. Files of the server are connected below the configured directories only, or by the operator. Permission: `connections.write`.
         */
        post: operations["connections.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connection-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What can be connected
         * @description Each kind of store with what its address consists of and what it cannot do. Permission: `connections.read`.
         */
        get: operations["connections.kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One connected store
         * @description One connected store. Permission: `connections.read`.
         */
        get: operations["connections.show"];
        /**
         * Change how a store is reached
         * @description Without `password` the stored one stays, unless the address names another server or user: then it is asked for. Permission: `connections.write`.
         */
        put: operations["connections.update"];
        post?: never;
        /**
         * Remove a connection
         * @description The system stays in the register; what is known of it is stale from now on. Permission: `connections.write`.
         */
        delete: operations["connections.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask a store who it is
         * @description Connects and signs in. What went wrong is `problem` in the answer. Permission: `connections.write`.
         */
        post: operations["connections.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/systems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The systems of the register, by name
         * @description The systems of the register, by name. Permission: `map.read`.
         */
        get: operations["systems.list"];
        put?: never;
        /**
         * Enter a system by hand
         * @description For what cannot be connected: a service, a paper file. Permission: `map.write`.
         */
        post: operations["systems.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/systems/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One system
         * @description One system. Permission: `map.read`.
         */
        get: operations["systems.show"];
        /**
         * Change what the register says of a system
         * @description Change what the register says of a system. Permission: `map.write`.
         */
        put: operations["systems.update"];
        post?: never;
        /**
         * Remove a system with all that the register says of it
         * @description Only one that has no connection. Permission: `map.write`.
         */
        delete: operations["systems.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Scans, the newest first
         * @description Scans, the newest first. Permission: `map.read`.
         */
        get: operations["scans.list"];
        put?: never;
        /**
         * Look a connected store through
         * @description A background job of the same id. While one runs for the system, that one is answered. Permission: `scans.start`.
         */
        post: operations["scans.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One scan
         * @description One scan. Permission: `map.read`.
         */
        get: operations["scans.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{id}/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a scan could not read
         * @description What a scan could not read. Permission: `map.read`.
         */
        get: operations["scans.gaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/collections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables and files of the register
         * @description Tables and files of the register. Permission: `map.read`.
         */
        get: operations["collections.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/collections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One table or file
         * @description One table or file. Permission: `map.read`.
         */
        get: operations["collections.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fields of the register and the personal data in them
         * @description Each says when it was last seen and judged; what the newest scan did not get to see is stale. Permission: `map.read`.
         */
        get: operations["fields.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fields/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One field
         * @description One field. Permission: `map.read`.
         */
        get: operations["fields.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fields/{id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what one field holds
         * @description A Fideslang key, or `none`. Takes the place of what was said before, stands over rescans, and comes up again only when the field's data changes. Permission: `map.write`.
         */
        post: operations["fields.decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The categories of personal data, with their names
         * @description The categories of personal data, with their names. Permission: `map.read`.
         */
        get: operations["categories.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stewardship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables, files and fields of which people have said something
         * @description With `retention`, what may be kept for a time; with `overdue`, what is kept longer. Permission: `map.read`.
         */
        get: operations["stewardship.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/collections/{id}/stewardship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who decides about it, how long it may be kept, and what else people say of it
         * @description Version 0: nobody has said anything. Permission: `map.read`.
         */
        get: operations["collections.stewardship"];
        /**
         * Say who decides about it, how long it may be kept, and what else is to be known
         * @description Takes the place of what was said before, which stays in the history. With `date_field`, scans count the records that are kept longer. Permission: `map.write`.
         */
        put: operations["collections.set_stewardship"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/collections/{id}/stewardship/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was said of it before, who wrote it and when; the newest first
         * @description What was said of it before, who wrote it and when; the newest first. Permission: `map.read`.
         */
        get: operations["collections.stewardship_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fields/{id}/stewardship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who decides about it, how long it may be kept, and what else people say of it
         * @description Version 0: nobody has said anything. Permission: `map.read`.
         */
        get: operations["fields.stewardship"];
        /**
         * Say who decides about it, how long it may be kept, and what else is to be known
         * @description Takes the place of what was said before, which stays in the history. With `date_field`, scans count the records that are kept longer. Permission: `map.write`.
         */
        put: operations["fields.set_stewardship"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fields/{id}/stewardship/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was said of it before, who wrote it and when; the newest first
         * @description What was said of it before, who wrote it and when; the newest first. Permission: `map.read`.
         */
        get: operations["fields.stewardship_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What scans found different, the newest first
         * @description `reason` is the detector's evidence, without any value. Those in the state `open` wait for a decision. Permission: `map.read`.
         */
        get: operations["changes.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many changes wait for a decision, and how many were decided
         * @description How many changes wait for a decision, and how many were decided. Permission: `map.read`.
         */
        get: operations["changes.counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One change
         * @description One change. Permission: `map.read`.
         */
        get: operations["changes.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that what the scan saw is right
         * @description The category that the scan found becomes the field's verdict. A field that is gone is taken note of. Permission: `map.write`.
         */
        post: operations["changes.confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that fields hold no personal data
         * @description The verdict stands over rescans, until the field's type or the evidence for another category changes. Permission: `map.write`.
         */
        post: operations["changes.reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes/recategorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that fields hold personal data of another category
         * @description Say that fields hold personal data of another category. Permission: `map.write`.
         */
        post: operations["changes.recategorize"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take decisions back
         * @description The changes wait for a decision again, and their fields have the verdict of before. Permission: `map.write`.
         */
        post: operations["changes.undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/references": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which records point at which: foreign keys of stores, and what people stated
         * @description Which records point at which: foreign keys of stores, and what people stated. Permission: `map.read`.
         */
        get: operations["references.list"];
        put?: never;
        /**
         * State that records of one collection point at those of another
         * @description Also from one store to another. Both ends are collections and fields that the register has. Permission: `map.write`.
         */
        post: operations["references.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/references/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One reference
         * @description One reference. Permission: `map.read`.
         */
        get: operations["references.show"];
        /**
         * Say whether a reference is followed
         * @description What is said stands over rescans. Permission: `map.write`.
         */
        put: operations["references.update"];
        post?: never;
        /**
         * Remove a reference that a person stated
         * @description A foreign key is of its store: it can be ignored. Permission: `map.write`.
         */
        delete: operations["references.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Processing activities, the oldest first
         * @description `gaps` names what the law asks for and an activity does not say, with the article. Permission: `activities.read`.
         */
        get: operations["activities.list"];
        put?: never;
        /**
         * Record a processing activity
         * @description It may have gaps; they are named until they are filled. Permission: `activities.write`.
         */
        post: operations["activities.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The record of processing as a file
         * @description What a supervisory authority is shown on request (GDPR Art. 30(4)). Permission: `activities.read`.
         */
        get: operations["activities.register"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One processing activity
         * @description One processing activity. Permission: `activities.read`.
         */
        get: operations["activities.show"];
        /**
         * Write a new version of an activity
         * @description The old one stays in its history. Permission: `activities.write`.
         */
        put: operations["activities.update"];
        post?: never;
        /**
         * Say that an activity is no longer done
         * @description It leaves the list and the record; its history stays. Permission: `activities.write`.
         */
        delete: operations["activities.end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an activity said before, who wrote it and when; the newest first
         * @description What an activity said before, who wrote it and when; the newest first. Permission: `activities.read`.
         */
        get: operations["activities.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Those to whom personal data is disclosed, by name
         * @description With the activities that name them. Permission: `activities.read`.
         */
        get: operations["recipients.list"];
        put?: never;
        /**
         * Record a recipient
         * @description An activity that names somebody without a record makes one, too. Permission: `activities.write`.
         */
        post: operations["recipients.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recipients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One recipient
         * @description One recipient. Permission: `activities.read`.
         */
        get: operations["recipients.show"];
        /**
         * Write a new version of what is said of a recipient
         * @description Another name is written into every activity that names them. Permission: `activities.write`.
         */
        put: operations["recipients.update"];
        post?: never;
        /**
         * Take a recipient whom no activity names off the list
         * @description The history stays. Permission: `activities.write`.
         */
        delete: operations["recipients.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recipients/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was said of a recipient before, who wrote it and when; the newest first
         * @description What was said of a recipient before, who wrote it and when; the newest first. Permission: `activities.read`.
         */
        get: operations["recipients.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/map/graph": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The data map drawn: systems, categories, and what joins them, counted
         * @description An edge `holds` leads from a system, or from a collection where it is drawn, to a category and counts fields; the others count references. Permission: `map.read`.
         */
        get: operations["map.graph"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/map/path": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The shortest way by references from one system or collection to another
         * @description References are gone in either direction; `found` is no when none lead there. Permission: `map.read`.
         */
        get: operations["map.path"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Access points: who may do what where, directly or through which roles
         * @description As the stores' grants and their files' permissions say; read anew by each scan. Permission: `map.read`.
         */
        get: operations["access.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access/reach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who can reach which categories of personal data, each principal once in each system
         * @description The most special categories first; at most 2,000. Permission: `map.read`.
         */
        get: operations["access.reach"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Systems of which it is not known as a whole who can reach them, and which right is missing
         * @description Systems of which it is not known as a whole who can reach them, and which right is missing. Permission: `map.read`.
         */
        get: operations["access.gaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who used what in the connected stores, as their logs tell: first, last and how often
         * @description Summed up by account, kind of use, place and address; forgotten 400 days after the last use. Permission: `access_uses.read`.
         */
        get: operations["access.uses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Since when and until when the logs of use were read, and which stores do not tell
         * @description Since when and until when the logs of use were read, and which stores do not tell. Permission: `access_uses.read`.
         */
        get: operations["access.logs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access/table": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Access points as a table (CSV)
         * @description Access points as a table (CSV). Permission: `map.read`.
         */
        get: operations["access.table"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Flows of personal data between systems that people stated, the oldest first
         * @description Flows of personal data between systems that people stated, the oldest first. Permission: `map.read`.
         */
        get: operations["flows.list"];
        put?: never;
        /**
         * State that personal data goes from one system to another
         * @description State that personal data goes from one system to another. Permission: `map.write`.
         */
        post: operations["flows.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One flow
         * @description One flow. Permission: `map.read`.
         */
        get: operations["flows.show"];
        /**
         * Change what is stated of a flow
         * @description Change what is stated of a flow. Permission: `map.write`.
         */
        put: operations["flows.update"];
        post?: never;
        /**
         * Remove a flow that a person stated
         * @description Remove a flow that a person stated. Permission: `map.write`.
         */
        delete: operations["flows.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare the values of a system with those of all others
         * @description A background job that streams the system's collections, keeps keyed sketches and no value, and suggests references. While one runs for the system, that one is answered. Permission: `scans.start`.
         */
        post: operations["flows.read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * References that equal values suggest, the oldest first
         * @description References that equal values suggest, the oldest first. Permission: `map.read`.
         */
        get: operations["flows.suggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/suggestions/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a suggested reference is one
         * @description It becomes a stated reference of the data map. Permission: `map.write`.
         */
        post: operations["flows.confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/suggestions/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a suggested reference is none
         * @description It is not suggested again, unless the values come to match in another form. Permission: `map.write`.
         */
        post: operations["flows.reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/salts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * By which salts the company hashes values, without the salts themselves
         * @description By which salts the company hashes values, without the salts themselves. Permission: `connections.read`.
         */
        get: operations["flows.salts.list"];
        put?: never;
        /**
         * Give a salt by which the company hashes values
         * @description It is sealed and never shown again. Columns of hashes are then recognized by the next reading. Permission: `connections.write`.
         */
        post: operations["flows.salts.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/salts/{id}": {
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
         * Remove a salt
         * @description Remove a salt. Permission: `connections.write`.
         */
        delete: operations["flows.salts.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/advice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Personal data that nobody needs, and access that is wider than it should be
         * @description Looked for after every scan. `over` is what no longer holds. Permission: `map.read`.
         */
        get: operations["advice.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/advice/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One piece of advice
         * @description One piece of advice. Permission: `map.read`.
         */
        get: operations["advice.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/advice/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at the register as it stands now
         * @description Look at the register as it stands now. Permission: `map.write`.
         */
        post: operations["advice.look"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/advice/{id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say why it may stay as it is
         * @description Say why it may stay as it is. Permission: `map.write`.
         */
        post: operations["advice.dismiss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/advice/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a dismissal back
         * @description Take a dismissal back. Permission: `map.write`.
         */
        post: operations["advice.reopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/advice/{id}/task": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a task of it
         * @description The task says what to do and is linked to the advice. Permission: `map.write`.
         */
        post: operations["advice.task"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/map/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The register as a file to keep under version control
         * @description YAML: Fideslang's datasets and systems, and processing activities for whoever may read them. Connections and passwords are not in it. Permission: `map.read`.
         */
        get: operations["map.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/map/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a file would change in the register
         * @description Nothing is changed. `problems` names what the register cannot take, with the line. Permission: `map.read`.
         */
        post: operations["map.plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/map/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the register say what a file says
         * @description All changes of the plan, or none. What the file leaves out stays as it is. Permission: `map.write`.
         */
        post: operations["map.apply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The packs of this installation, and which are in force today
         * @description The packs of this installation, and which are in force today. Permission: `packs.read`.
         */
        get: operations["packs.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/packs/{kind}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One pack, with its sources and its text
         * @description One pack, with its sources and its text. Permission: `packs.read`.
         */
        get: operations["packs.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/law": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The laws in force today
         * @description The laws in force today. Permission: `packs.read`.
         */
        get: operations["law.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/law/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a law says, each fact with article and source
         * @description What a law says, each fact with article and source. Permission: `packs.read`.
         */
        get: operations["law.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/law/{id}/deadlines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Until when a request would have to be acknowledged and answered
         * @description Until when a request would have to be acknowledged and answered. Permission: `packs.read`.
         */
        get: operations["law.deadlines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rights requests, the one due first in front; nothing in them names a person
         * @description Rights requests, the one due first in front; nothing in them names a person. Permission: `rights.read`.
         */
        get: operations["requests.list"];
        put?: never;
        /**
         * Make a rights request for a person who asked by letter, telephone or in a shop
         * @description Make a rights request for a person who asked by letter, telephone or in a shop. Permission: `rights.write`.
         */
        post: operations["requests.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One rights request: state, due dates with rule and article, proofs, plan, steps open now
         * @description One rights request: state, due dates with rule and article, proofs, plan, steps open now. Permission: `rights.read`.
         */
        get: operations["requests.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to a request, with the notes of those who did it
         * @description What happened to a request, with the notes of those who did it. Permission: `rights.content`.
         */
        get: operations["requests.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/deadlines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every due date that was computed for a request, none overwritten
         * @description Every due date that was computed for a request, none overwritten. Permission: `rights.read`.
         */
        get: operations["requests.deadlines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who asks, and for what; reading it is recorded
         * @description Who asks, and for what; reading it is recorded. Permission: `rights.content`.
         */
        get: operations["requests.content"];
        /**
         * Change who asks and for what; another address forgets every proof
         * @description Change who asks and for what; another address forgets every proof. Permission: `rights.content`.
         */
        put: operations["requests.edit"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The correspondence; reading it is recorded
         * @description The correspondence; reading it is recorded. Permission: `rights.content`.
         */
        get: operations["requests.messages"];
        put?: never;
        /**
         * Write to the person
         * @description Write to the person. Permission: `rights.write`.
         */
        post: operations["requests.message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/letter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest message to the person as a letter; reading it is recorded
         * @description The newest message to the person as a letter; reading it is recorded. Permission: `rights.content`.
         */
        get: operations["requests.letter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What to begin with when the person is written to, in the language of the request
         * @description What to begin with when the person is written to, in the language of the request. Permission: `rights.read`.
         */
        get: operations["requests.drafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts, median days and overdue requests by law and right, for the requests of a year
         * @description Counts, median days and overdue requests by law and right, for the requests of a year. Permission: `rights.read`.
         */
        get: operations["requests.figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a step that needs nothing but a note
         * @description Take a step that needs nothing but a note. Permission: `rights.write`.
         */
        post: operations["requests.move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/proofs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record a proof of identity that you saw yourself
         * @description Record a proof of identity that you saw yourself. Permission: `rights.content`.
         */
        post: operations["requests.prove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/skipped-proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on without a proof of identity, where nothing is disclosed or the law forbids it
         * @description Go on without a proof of identity, where nothing is disclosed or the law forbids it. Permission: `rights.skip_proof`.
         */
        post: operations["requests.skip_proof"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer the person, and so end the request
         * @description Answer the person, and so end the request. Permission: `rights.write`.
         */
        post: operations["requests.answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/refusal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse with a ground of the law; the person is told article and remedies
         * @description Refuse with a ground of the law; the person is told article and remedies. Permission: `rights.write`.
         */
        post: operations["requests.refuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/extension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Extend the period once, with the reason that the person is told
         * @description Extend the period once, with the reason that the person is told. Permission: `rights.write`.
         */
        post: operations["requests.extend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the person what is meant; the clock stands where the law lets it
         * @description Ask the person what is meant; the clock stands where the law lets it. Permission: `rights.write`.
         */
        post: operations["requests.pause"];
        /**
         * Let the clock run again
         * @description Let the clock run again. Permission: `rights.write`.
         */
        delete: operations["requests.resume"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/assignee": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a request to somebody
         * @description Give a request to somebody. Permission: `rights.write`.
         */
        put: operations["requests.assign"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close a duplicate in favor of the other request of the same person
         * @description Close a duplicate in favor of the other request of the same person. Permission: `rights.write`.
         */
        post: operations["requests.merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Copies of identity documents that were given, and what became of each; none of what they show
         * @description Copies of identity documents that were given, and what became of each; none of what they show. Permission: `rights.read`.
         */
        get: operations["requests.documents"];
        put?: never;
        /**
         * Attach the copy of an identity document that came by letter or e-mail
         * @description PDF, JPEG, PNG or WebP. Where it came from, destroy it too. Permission: `rights.document`.
         */
        post: operations["requests.attach_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/documents/{document}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at the copy of an identity document; it is recorded who did
         * @description For the eyes of whoever decides: keep no copy of it. Permission: `rights.document`.
         */
        get: operations["requests.document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/documents/{document}/acceptance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The copy of a document proves who asks; it is destroyed
         * @description The copy of a document proves who asks; it is destroyed. Permission: `rights.document`.
         */
        post: operations["requests.accept_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/documents/{document}/rejection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The copy of a document proves nothing; it is destroyed, and the person told why
         * @description The copy of a document proves nothing; it is destroyed, and the person told why. Permission: `rights.document`.
         */
        post: operations["requests.reject_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make requests from a table (CSV): all of them, or none
         * @description The first line names the columns: law, right, email, and where wanted name, language, received_at, details, purpose, id:KIND. What is wrong is told by line and column. Permission: `rights.write`.
         */
        post: operations["requests.import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What would be read or changed in the stores; samples are masked
         * @description What would be read or changed in the stores; samples are masked. Permission: `rights.read`.
         */
        get: operations["requests.planned"];
        put?: never;
        /**
         * Have it planned what would be read or changed in the stores
         * @description Have it planned what would be read or changed in the stores. Permission: `rights.write`.
         */
        post: operations["requests.plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve exactly the plan that was looked at
         * @description Approve exactly the plan that was looked at. Permission: `rights.approve`.
         */
        post: operations["requests.approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/execution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Carry out the approved plan
         * @description Carry out the approved plan. Permission: `rights.approve`.
         */
        post: operations["requests.execute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a correction back: what stood there before comes again
         * @description Where somebody changed a value meanwhile it stays; that makes a task. Once. Permission: `rights.approve`.
         */
        post: operations["requests.undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/plan/edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide otherwise about a collection or field of the plan
         * @description The plan has another digest from then on: an approval of the earlier one no longer holds. Permission: `rights.write`.
         */
        post: operations["requests.edit_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/plan/edits/{edit}": {
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
         * Take one of these decisions back
         * @description The plan is then as if it had never been made, the other decisions as they were. Permission: `rights.write`.
         */
        delete: operations["requests.undo_plan_edit"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who was asked for a request about systems that no program can look into, and their answers
         * @description Who was asked for a request about systems that no program can look into, and their answers. Permission: `rights.read`.
         */
        get: operations["requests.orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/package": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The person's data as they are given them, a zip archive
         * @description The ledger records that it was fetched. Permission: `rights.content`.
         */
        get: operations["requests.package"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The certificate of an erasure, a correction or flags, signed; it names nobody
         * @description Anybody can check it offline: `privity certificate verify FILE --key KEY`. Permission: `rights.read`.
         */
        get: operations["requests.certificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is kept of a request when its content is destroyed
         * @description What is kept of a request when its content is destroyed. Permission: `rights.read`.
         */
        get: operations["requests.traces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/requests/{id}/certificate/document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The certificate as a page to print; it names nobody
         * @description A copy to read. What is checked is the signed file. Permission: `rights.read`.
         */
        get: operations["requests.certificate_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whose holidays count, who approves, how long content is kept
         * @description Whose holidays count, who approves, how long content is kept. Permission: `rights.read`.
         */
        get: operations["requests.settings"];
        /**
         * Replace the settings of the casework
         * @description Replace the settings of the casework. Permission: `rights.settings`.
         */
        put: operations["requests.set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/assertions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the portal takes from the company's own login
         * @description What the portal takes from the company's own login. Permission: `rights.read`.
         */
        get: operations["assertions.show"];
        /**
         * Say whose signed tokens prove who somebody in the portal is
         * @description Say whose signed tokens prove who somebody in the portal is. Permission: `rights.settings`.
         */
        put: operations["assertions.set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/texts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What people are written: letters, the code as a text message, drafts, in each language
         * @description What people are written: letters, the code as a text message, drafts, in each language. Permission: `rights.read`.
         */
        get: operations["letters.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/texts/{name}/{language}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One text, the company's own or the built-in one, with its placeholders
         * @description One text, the company's own or the built-in one, with its placeholders. Permission: `rights.read`.
         */
        get: operations["letters.show"];
        /**
         * Write it in the company's own words
         * @description With the placeholders of the built-in text; what a text is for, such as a code, must stand in it. Permission: `rights.settings`.
         */
        put: operations["letters.set"];
        post?: never;
        /**
         * Let the built-in words count again
         * @description Let the built-in words count again. Permission: `rights.settings`.
         */
        delete: operations["letters.reset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/texts/{name}/{language}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How words would read, with invented values in their blanks; nothing is kept
         * @description How words would read, with invented values in their blanks; nothing is kept. Permission: `rights.read`.
         */
        post: operations["letters.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/restrictions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What people forbade: restrictions, objections, withdrawn consents; nothing names a person
         * @description What people forbade: restrictions, objections, withdrawn consents; nothing names a person. Permission: `rights.read`.
         */
        get: operations["restrictions.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/restrictions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them
         * @description One of them. Permission: `rights.read`.
         */
        get: operations["restrictions.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/restrictions/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * May the data of this person be used, for this purpose?
         * @description For the company's own programs, before they use it. A person of whom nothing is known is answered like one who forbade nothing. Permission: `rights.check`.
         */
        post: operations["restrictions.check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/restrictions/{id}/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End it; the person is told first
         * @description End it; the person is told first. Permission: `rights.lift`.
         */
        post: operations["restrictions.lift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was decided of how requests treat collections and fields, with the reasons
         * @description What was decided of how requests treat collections and fields, with the reasons. Permission: `rights.read`.
         */
        get: operations["handling.list"];
        put?: never;
        /**
         * Decide how requests treat a collection or a field
         * @description Plans that are made from then on read it. It takes the place of an earlier one of its kind for the same place. Permission: `rights.rules`.
         */
        post: operations["handling.set"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of these decisions
         * @description One of these decisions. Permission: `rights.read`.
         */
        get: operations["handling.show"];
        put?: never;
        post?: never;
        /**
         * End one of these decisions; it stays in the history
         * @description End one of these decisions; it stays in the history. Permission: `rights.rules`.
         */
        delete: operations["handling.end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The authorised agents that may ask for people
         * @description The authorised agents that may ask for people. Permission: `rights.read`.
         */
        get: operations["agents.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them
         * @description One of them. Permission: `rights.read`.
         */
        get: operations["agents.show"];
        /**
         * List an agent by its key, or change what is said of it
         * @description Another key ends the token that it has. `If-Match: *` for one that is not listed yet. Permission: `rights.settings`.
         */
        put: operations["agents.set"];
        post?: never;
        /**
         * It may no longer ask; requests that it made stay
         * @description It may no longer ask; requests that it made stay. Permission: `rights.settings`.
         */
        delete: operations["agents.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/agent-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether agents are answered, and what they call this company
         * @description Whether agents are answered, and what they call this company. Permission: `rights.read`.
         */
        get: operations["agents.settings"];
        /**
         * Answer agents, or no longer
         * @description Answer agents, or no longer. Permission: `rights.settings`.
         */
        put: operations["agents.configure"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/mail-intake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which mailbox is read, and what came of its letters
         * @description Which mailbox is read, and what came of its letters. Permission: `rights.read`.
         */
        get: operations["mail_intake.show"];
        /**
         * Have the letters of a mailbox made requests, or no longer
         * @description Letters that come from now on. Their senders' addresses prove nobody. Permission: `rights.settings`.
         */
        put: operations["mail_intake.set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/text-gateway": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where text messages with codes are sent; without the secret
         * @description Where text messages with codes are sent; without the secret. Permission: `rights.read`.
         */
        get: operations["texts.show"];
        /**
         * Have codes sent as text messages by your own gateway, or no longer
         * @description Each message is a webhook signed by Standard Webhooks 1.0. The secret is sealed and never answered again; another address wants it anew. Permission: `rights.settings`.
         */
        put: operations["texts.set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/text-gateway/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a text message to see whether the gateway takes it
         * @description Send a text message to see whether the gateway takes it. Permission: `rights.settings`.
         */
        post: operations["texts.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rights/portal-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link to the portal's form, with what the person wants and their address filled in
         * @description What it fills in is sealed in it, and it expires. It proves nobody. Permission: `rights.link`.
         */
        post: operations["portal.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the journal remembers of every erasure: when, and how much; it names nobody
         * @description What the journal remembers of every erasure: when, and how much; it names nobody. Permission: `rights.read`.
         */
        get: operations["erasures.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Replays of the journal, the newest first
         * @description Replays of the journal, the newest first. Permission: `rights.read`.
         */
        get: operations["erasures.replays"];
        put?: never;
        /**
         * Look for whoever was erased, after a store was restored
         * @description The very same records are erased at once; anything else is proposed to a person. Permission: `rights.approve`.
         */
        post: operations["erasures.replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One replay: who is back, what was done, what waits for a decision
         * @description One replay: who is back, what was done, what waits for a decision. Permission: `rights.read`.
         */
        get: operations["erasures.replayed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures/cases/{id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What would be erased of somebody who is back; samples are masked
         * @description What would be erased of somebody who is back; samples are masked. Permission: `rights.read`.
         */
        get: operations["erasures.plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures/cases/{id}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have somebody who is back erased, by exactly the plan that was looked at
         * @description Have somebody who is back erased, by exactly the plan that was looked at. Permission: `rights.approve`.
         */
        post: operations["erasures.approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures/cases/{id}/dismissal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let somebody who is back stay: they are a customer again, or another person
         * @description Let somebody who is back stay: they are a customer again, or another person. Permission: `rights.approve`.
         */
        post: operations["erasures.dismiss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/redact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take personal data out of a text, a JSON value or a table
         * @description Nothing of it is kept; the ledger says only how it was asked and how much was replaced. Permission: `redaction.use`.
         */
        post: operations["redaction.run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/support-bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What somebody who helps needs to see, as a zip
         * @description Versions, settings without secrets, health, states of jobs, keys and ledger, numbers. Nothing about a person. Look into it before you send it anywhere. Permission: `support.read`.
         */
        post: operations["support_bundle.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Background jobs, newest first
         * @description Background jobs, newest first. Permission: `jobs.read`.
         */
        get: operations["jobs.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One job
         * @description One job. Permission: `jobs.read`.
         */
        get: operations["jobs.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every attempt at a job, and what went wrong
         * @description Every attempt at a job, and what went wrong. Permission: `jobs.read`.
         */
        get: operations["jobs.attempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job
         * @description Cancel a job. Permission: `jobs.write`.
         */
        post: operations["jobs.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a job
         * @description Pause a job. Permission: `jobs.write`.
         */
        post: operations["jobs.pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a paused job
         * @description Resume a paused job. Permission: `jobs.write`.
         */
        post: operations["jobs.resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a failed job again
         * @description Run a failed job again. Permission: `jobs.write`.
         */
        post: operations["jobs.retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What runs by itself, and when
         * @description What runs by itself, and when. Permission: `jobs.read`.
         */
        get: operations["schedules.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change when a schedule runs
         * @description Change when a schedule runs. Permission: `jobs.write`.
         */
        patch: operations["schedules.update"];
        trace?: never;
    };
    "/v1/schedules/{name}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a schedule now
         * @description Run a schedule now. Permission: `jobs.write`.
         */
        post: operations["schedules.run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Entries of the ledger, newest first
         * @description Entries of the ledger, newest first. Permission: `ledger.read`.
         */
        get: operations["ledger.entries.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/entries/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One entry
         * @description One entry. Permission: `ledger.read`.
         */
        get: operations["ledger.entries.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/entries/{index}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All that is needed to check an entry on one's own
         * @description All that is needed to check an entry on one's own. Permission: `ledger.read`.
         */
        get: operations["ledger.entries.proof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/entries/{index}/proof-file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The proof of an entry as a file that others verify
         * @description C2SP tlog-proof. Permission: `ledger.read`.
         */
        get: operations["ledger.entries.proof_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check the whole ledger and list what does not fit
         * @description Check the whole ledger and list what does not fit. Permission: `ledger.read`.
         */
        get: operations["ledger.verify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write the ledger into a folder that others verify
         * @description Write the ledger into a folder that others verify.
         */
        post: operations["ledger.export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where checkpoints are kept outside, and what each place has
         * @description Where checkpoints are kept outside, and what each place has. Permission: `ledger.read`.
         */
        get: operations["ledger.places.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/places/{name}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the newest checkpoint to a place now
         * @description Send the newest checkpoint to a place now. Permission: `ledger.publish`.
         */
        post: operations["ledger.places.send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest signed checkpoint
         * @description The newest signed checkpoint. Permission: `ledger.read`.
         */
        get: operations["ledger.checkpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/tile/{level}/{a}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A tile or entry bundle of the ledger
         * @description The files of C2SP tlog-tiles under this prefix. Permission: `ledger.read`.
         */
        get: operations["ledger.tiles.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/tile/{level}/{a}/{b}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A tile or entry bundle of the ledger
         * @description The files of C2SP tlog-tiles under this prefix. Permission: `ledger.read`.
         */
        get: operations["ledger.tiles.two"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/tile/{level}/{a}/{b}/{c}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A tile or entry bundle of the ledger
         * @description The files of C2SP tlog-tiles under this prefix. Permission: `ledger.read`.
         */
        get: operations["ledger.tiles.three"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/tile/{level}/{a}/{b}/{c}/{d}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A tile or entry bundle of the ledger
         * @description The files of C2SP tlog-tiles under this prefix. Permission: `ledger.read`.
         */
        get: operations["ledger.tiles.four"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * News as they happen
         * @description Server-sent events: hints to look again, such as `jobs.progress`. The stream ends after some minutes and is opened again by the browser; with Last-Event-ID it begins with what was missed meanwhile.
         */
        get: operations["events.stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Health: {
            ready: boolean;
            version: string;
            checks: components["schemas"]["ReadinessCheck"][];
        };
        ReadinessCheck: {
            name: string;
            ok: boolean;
            error?: string | null;
        };
        SetupState: {
            needed: boolean;
        };
        SetupRequest: {
            /**
             * Format: password
             * @description From the set-up link that Privity printed when it started.
             */
            token: string;
            /**
             * @description The company's name, as data subjects know it.
             * @example Example Trading
             */
            organization: string;
            /**
             * Format: time_zone
             * @description IANA name; deadlines are counted in it.
             * @example Europe/Berlin
             */
            time_zone: string;
            /**
             * @description Of the first administrator.
             * @example Ada Example
             */
            name: string;
            /**
             * Format: email
             * @description The address that the first administrator signs in with.
             * @example ada@example.org
             */
            email: string;
            /**
             * Format: password
             * @description At least 15 characters.
             */
            password: string;
        };
        Session: {
            state: components["schemas"]["SessionState"];
            /** Format: uuid */
            user_id?: string | null;
            name?: string | null;
            email?: string | null;
            permissions: string[];
            second_factors: string[];
            csrf_token?: string | null;
            organization?: string | null;
            time_zone?: string | null;
        };
        /** @enum {string} */
        SessionState: "signed_out" | "second_factor" | "signed_in";
        PasswordSignIn: {
            /** @description The address to sign in with. */
            email: string;
            /** Format: password */
            password: string;
        };
        CodeSignIn: {
            /** @description As the app shows it, or a recovery code. */
            code: string;
        };
        PublicKeyOptions: {
            public_key: unknown;
        };
        PasskeySignIn: {
            credential: unknown;
        };
        LinkToken: {
            /** Format: password */
            token: string;
        };
        LinkView: {
            kind: components["schemas"]["LinkKind"];
            name?: string | null;
            email?: string | null;
            organization: string;
            /** Format: date-time */
            expires_at: string;
            second_factor: boolean;
        };
        /** @enum {string} */
        LinkKind: "setup" | "invitation" | "password_reset";
        LinkAcceptance: {
            /** Format: password */
            token: string;
            /** Format: password */
            password: string;
        };
        ForgotPassword: {
            /** @description The address to sign in with. */
            email: string;
        };
        PasswordProof: {
            /** Format: password */
            password: string;
        };
        AccountView: {
            /** Format: uuid */
            id: string;
            name: string;
            email: string;
            has_password: boolean;
            totp: boolean;
            /** Format: int64 */
            recovery_codes_left: number;
            passkeys: components["schemas"]["PasskeyInfo"][];
            providers: components["schemas"]["ExternalLink"][];
            /** Format: int64 */
            version: number;
        };
        PasskeyInfo: {
            /** Format: uuid */
            id: string;
            name: string;
            backed_up: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_used_at?: string | null;
        };
        ExternalLink: {
            /** Format: uuid */
            provider_id: string;
            provider_name: string;
            /** Format: date-time */
            linked_at: string;
        };
        AccountUpdate: {
            /** @description How colleagues call you. */
            name: string;
        };
        PasswordChange: {
            /**
             * Format: password
             * @description Empty when there is none yet.
             */
            current_password?: string;
            /**
             * Format: password
             * @description At least 15 characters, or 8 beside a second factor.
             */
            new_password: string;
        };
        SessionInfo: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_seen_at: string;
            client: string;
            current: boolean;
        };
        TotpSetup: {
            secret: string;
            uri: string;
        };
        RecoveryCodes: {
            codes: string[];
        };
        NewPasskey: {
            /**
             * @description To tell it from others.
             * @example laptop
             */
            name: string;
            credential: unknown;
        };
        PasskeyName: {
            /** @description To tell it from others. */
            name: string;
        };
        /** @enum {string} */
        UserState: "invited" | "active" | "disabled";
        User: {
            /** Format: uuid */
            id: string;
            name: string;
            email: string;
            state: components["schemas"]["UserState"];
            role_ids: string[];
            second_factor: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_seen_at?: string | null;
            /** Format: int64 */
            version: number;
        };
        UserUpdate: {
            /** @description How colleagues call the person. */
            name?: string | null;
            /**
             * Format: email
             * @description The address to sign in with.
             */
            email?: string | null;
            /** @description All roles the person shall have from now on. */
            role_ids?: string[] | null;
            /** @description active or disabled. */
            state?: components["schemas"]["UserState"] | null;
        };
        PasswordLink: {
            /** Format: date-time */
            expires_at: string;
            link?: string | null;
        };
        Invitation: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            user_id: string;
            email: string;
            name: string;
            role_ids: string[];
            /** Format: date-time */
            expires_at: string;
            link?: string | null;
        };
        InvitationRequest: {
            /**
             * Format: email
             * @description The address to sign in with.
             * @example grace@example.org
             */
            email: string;
            /**
             * @description How colleagues call the person.
             * @example Grace Example
             */
            name: string;
            /** @description What the person may do from the start. */
            role_ids: string[];
        };
        Role: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string;
            built_in: boolean;
            permissions: string[];
            /** Format: int64 */
            version: number;
        };
        RoleRequest: {
            /**
             * @description How people call it.
             * @example Case handler
             */
            name: string;
            /** @description What it is for. */
            description?: string;
            /** @description Names from GET /v1/permissions, all of which the caller holds. */
            permissions: string[];
        };
        PermissionInfo: {
            name: string;
            summary: string;
        };
        Token: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            user_id: string;
            name: string;
            prefix: string;
            permissions: string[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: date-time */
            last_used_at?: string | null;
        };
        TokenRequest: {
            /**
             * @description What it is for.
             * @example nightly export
             */
            name: string;
            /** @description What it may do: names from GET /v1/permissions, all of which you hold. */
            permissions: string[];
            /**
             * Format: int64
             * @description When it stops working.
             * @example 90
             */
            expires_in_days?: number;
        };
        NewToken: {
            token: components["schemas"]["Token"];
            secret: string;
        };
        /** @enum {string} */
        TaskState: "open" | "in_progress" | "done" | "cancelled";
        Task: {
            /** Format: uuid */
            id: string;
            kind: string;
            link?: components["schemas"]["TaskLink"] | null;
            content: components["schemas"]["TaskContent"];
            state: components["schemas"]["TaskState"];
            overdue: boolean;
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            changed_at: string;
            /** Format: date-time */
            finished_at?: string | null;
            /** Format: int64 */
            evidence_count: number;
            /** Format: int64 */
            waits_for: number;
            /** Format: int64 */
            version: number;
        };
        TaskLink: {
            /**
             * @description What the task is about.
             * @example user
             */
            kind: string;
            /** @description Which one. */
            id: string;
        };
        TaskContent: {
            /**
             * @description What to do, in one line.
             * @example Renew the contract with the mail provider
             */
            title: string;
            /** @description What else to know. */
            description?: string;
            /**
             * Format: uuid
             * @description Who does it; nobody yet when absent.
             */
            assignee?: string | null;
            /**
             * Format: date-time
             * @description Until when.
             */
            due?: string | null;
            /** @description Whether it can be done without evidence. */
            evidence_needed?: boolean;
        };
        TaskCounts: {
            /** Format: int64 */
            unfinished: number;
            /** Format: int64 */
            overdue: number;
        };
        TaskEvents: {
            items: components["schemas"]["TaskEvent"][];
        };
        TaskEvent: {
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["TaskEventKind"];
            /** Format: date-time */
            at: string;
            actor: components["schemas"]["Actor"];
            state?: components["schemas"]["TaskState"] | null;
            text?: string | null;
        };
        /** @enum {string} */
        TaskEventKind: "created" | "edited" | "moved" | "commented" | "evidence_added";
        Actor: {
            kind: components["schemas"]["ActorKind"];
            id: string;
        };
        /** @enum {string} */
        ActorKind: "user" | "token" | "subject" | "system" | "operator";
        TaskPredecessor: {
            /** Format: uuid */
            id: string;
            title: string;
            state: components["schemas"]["TaskState"];
        };
        TaskEvidenceList: {
            items: components["schemas"]["TaskEvidence"][];
        };
        TaskEvidence: {
            /** Format: uuid */
            id: string;
            file?: components["schemas"]["TaskFile"] | null;
            text?: string | null;
            added_by: components["schemas"]["Actor"];
            /** Format: date-time */
            added_at: string;
        };
        TaskFile: {
            id: string;
            name: string;
            /** Format: int64 */
            size_bytes: number;
        };
        NewTask: {
            /**
             * @description What sort of task: a machine word that lists filter by.
             * @example task
             */
            kind?: string;
            /** @description The thing that it is about. */
            link?: components["schemas"]["TaskLink"] | null;
            /** @description What its creator and managers may change later. */
            content: components["schemas"]["TaskContent"];
        };
        TaskMove: {
            /** @description Where the task goes from here. */
            state: components["schemas"]["TaskState"];
        };
        NewTaskComment: {
            /** @description The comment. */
            text: string;
        };
        NewTaskEvidence: {
            /** @description What was done, in words. */
            text: string;
        };
        PlaybookSummary: {
            id: string;
            /** Format: pack_version */
            version: string;
            title: string;
            description: string;
            /** Format: int64 */
            steps: number;
        };
        Playbook: {
            pack: components["schemas"]["PackHeader"];
            /** @description When to start it. */
            description: string;
            steps: components["schemas"]["PlaybookStep"][];
        };
        PackHeader: {
            kind: string;
            id: string;
            /** Format: pack_version */
            version: string;
            title: string;
            /** Format: date */
            valid_from?: string | null;
            sources: components["schemas"]["PackSource"][];
        };
        PackSource: {
            title: string;
            /** Format: uri */
            url?: string | null;
            /** Format: date */
            read_on?: string | null;
            note?: string | null;
            id?: string | null;
            kind?: components["schemas"]["SourceKind"] | null;
        };
        /** @enum {string} */
        SourceKind: "text" | "regulator" | "secondary" | "own";
        PlaybookStep: {
            /** @description Names the step within its playbook. */
            id: string;
            /** @description What to do, in one line. */
            title: string;
            /** @description What else to know. */
            description?: string;
            /** @description Until when, counted from the start of the playbook. */
            due?: components["schemas"]["PeriodRule"] | null;
            /** @description Steps further up that come first. */
            after?: string[];
            /** @description Whether it can be done without evidence. */
            evidence_needed?: boolean;
        };
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
        NewPlaybookRun: {
            /**
             * @description For what it is started: the titles of its tasks begin with it.
             * @example New shop system
             */
            name: string;
            /**
             * Format: uuid
             * @description Who does all of it; nobody yet when absent.
             */
            assignee?: string | null;
        };
        PlaybookRun: {
            /** Format: uuid */
            id: string;
            tasks: components["schemas"]["Task"][];
        };
        OfferedProviderList: {
            items: components["schemas"]["OfferedProvider"][];
        };
        OfferedProvider: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        Destination: {
            /**
             * @description The page of the console to go to once signed in.
             * @example /users
             */
            to?: string;
        };
        StartAnswer: {
            location: string;
        };
        InvitationToken: {
            /** Format: password */
            token: string;
        };
        ProviderList: {
            /** @description What to register at each provider: where it sends browsers back to. */
            redirect_uri: string;
            items: components["schemas"]["Provider"][];
        };
        Provider: {
            /** Format: uuid */
            id: string;
            name: string;
            issuer: string;
            client_id: string;
            has_secret: boolean;
            networks: string[];
            enabled: boolean;
            /** Format: int64 */
            people: number;
            /** Format: int64 */
            version: number;
        };
        ProviderRequest: {
            /**
             * @description On the button of the sign-in page.
             * @example Example Single Sign-On
             */
            name: string;
            /**
             * Format: uri
             * @description As the provider spells it, to the last slash.
             * @example https://login.example.org
             */
            issuer: string;
            /** @description What the provider calls this installation. */
            client_id: string;
            /**
             * Format: password
             * @description Left out: stays as it is. Empty: is removed, for a provider that gives none.
             */
            client_secret?: string | null;
            /**
             * @description Private networks in which the provider may be reached.
             * @example [
             *       "10.2.0.0/16"
             *     ]
             */
            networks?: string[];
            /** @description Whether the sign-in page offers it. */
            enabled?: boolean;
        };
        OidcCheck: {
            authorization_endpoint: string;
            token_endpoint: string;
            /** Format: int64 */
            keys: number;
            answers_with_issuer: boolean;
        };
        Organization: {
            /**
             * @description The company's name, as data subjects know it.
             * @example Example Trading
             */
            name: string;
            /**
             * Format: time_zone
             * @description IANA name; deadlines and schedules are counted in it.
             * @example Europe/Berlin
             */
            time_zone: string;
            /**
             * @description Language of letters and of people who have not chosen one.
             * @example en
             */
            language?: string;
            /**
             * Format: email
             * @description Where data subjects may write to.
             * @example privacy@example.org
             */
            privacy_contact?: string | null;
            /**
             * Format: int64
             * @description Grows with every change.
             */
            readonly version: number;
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
        PortalAddress: {
            /**
             * @description Empty while there is no public portal.
             * @example https://privacy.example.org
             */
            url: string;
        };
        PortalText: {
            place: string;
            language: string;
            /** @description False: the built-in words. */
            is_own: boolean;
            /** @description What people read there. */
            text: string;
            /** @description Empty where nothing stands without words of one's own. */
            built_in: string;
            /** Format: int64 */
            version: number;
        };
        PortalTextWords: {
            /**
             * @description Plain text. An empty line ends a paragraph; [words](https://example.org) is a link.
             * @example Questions? Read our [privacy notice](https://www.example.org/privacy).
             */
            text: string;
        };
        SavedViewList: {
            items: components["schemas"]["SavedView"][];
        };
        SavedView: {
            /** Format: uuid */
            id: string;
            screen: string;
            name: string;
            query: string;
            shared: boolean;
            mine: boolean;
            /** Format: date-time */
            changed_at: string;
        };
        NewSavedView: {
            /**
             * @description The list it belongs to.
             * @example users
             */
            screen: string;
            /**
             * @description As its owner finds it again.
             * @example Waiting for a second factor
             */
            name: string;
            /**
             * @description Filters, order and columns, as the console's address holds them.
             * @example state=active&sort=name
             */
            query: string;
            /** @description Whether everybody who can sign in sees it. */
            shared?: boolean;
        };
        Notification: {
            /** Format: uuid */
            id: string;
            text: string;
            parameters: {
                [key: string]: string;
            };
            link: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            read_at?: string | null;
        };
        UnreadCount: {
            /** Format: int64 */
            unread: number;
        };
        NoticeChoiceList: {
            /** @description How to be told, per kind. Kinds that are not named stay as they are. */
            items: components["schemas"]["NoticeChoice"][];
        };
        NoticeChoice: {
            kind: components["schemas"]["NoticeKind"];
            delivery: components["schemas"]["Delivery"];
        };
        /** @enum {string} */
        NoticeKind: "tasks" | "jobs" | "operation" | "security" | "invitations" | "requests";
        /** @enum {string} */
        Delivery: "console" | "mail" | "none";
        SearchResult: {
            items: components["schemas"]["SearchHit"][];
        };
        SearchHit: {
            kind: string;
            id: string;
            title: string;
            detail: string;
            link: string;
        };
        BackupPath: {
            /**
             * @description Where the server writes the backup: an absolute path that does not exist yet.
             * @example /backups/monday.privity
             */
            path: string;
        };
        BackupSummary: {
            /** Format: uuid */
            installation: string;
            /** Format: date-time */
            created_at: string;
            program_version: string;
            tables: components["schemas"]["BackupTable"][];
            /** Format: int64 */
            files: number;
            /** Format: int64 */
            file_bytes: number;
        };
        BackupTable: {
            name: string;
            /** Format: int64 */
            rows: number;
            sha256: string;
        };
        KeyHomeState: {
            /**
             * Format: uuid
             * @description Bound into everything that is sealed.
             */
            installation: string;
            /**
             * Format: date-time
             * @description When the key home was made.
             */
            created_at: string;
            /** @description The key that opens the key home. */
            root: components["schemas"]["RootKeyState"];
            /** @description The keys under which the keys of people are wrapped. */
            buckets: components["schemas"]["BucketKeysState"];
            /** @description The installation's own keys. */
            named: components["schemas"]["NamedKeyState"][];
            /**
             * Format: date-time
             * @description When the copy in `key_home.backup_directory` was last written; absent without one.
             */
            backup_at?: string | null;
        };
        RootKeyState: {
            /** @description Where it comes from, as `key_home.root_key` says. */
            source: components["schemas"]["RootKeyPlace"];
            /**
             * Format: int64
             * @description 1 for the first; each rotation adds one.
             */
            version: number;
            /**
             * Format: date-time
             * @description When it became this one.
             */
            since: string;
        };
        /** @enum {string} */
        RootKeyPlace: "file" | "passphrase" | "credential" | "pkcs11";
        BucketKeysState: {
            /**
             * Format: int64
             * @description How many there are; each protects the keys of some people.
             */
            count: number;
            /**
             * Format: date-time
             * @description When the oldest one in use was made.
             */
            oldest_at: string;
            /**
             * Format: date-time
             * @description When the newest one in use was made.
             */
            newest_at: string;
            /**
             * Format: uuid
             * @description The job that is giving all of them new keys, while it does.
             */
            rotation?: string | null;
        };
        NamedKeyState: {
            /**
             * @description What it is for.
             * @example ledger.signing
             */
            name: string;
            /**
             * Format: int64
             * @description 1 for the first.
             */
            version: number;
            /**
             * @description As NIST SP 800-57 Part 1 names it.
             * @example active
             */
            state: string;
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description Since when it is in this state.
             */
            state_since: string;
        };
        NewRootKey: {
            /** @description Where the root key comes from: file, passphrase, credential or pkcs11. */
            root_key: components["schemas"]["RootKeyPlace"];
            /**
             * Format: password
             * @description With passphrase.
             */
            passphrase?: string | null;
            /** @description With credential: its path. */
            credential?: string | null;
            /** @description With pkcs11: path of the library. */
            pkcs11_module?: string | null;
            /** @description With pkcs11: label of the token. */
            pkcs11_token?: string | null;
            /** @description With pkcs11: label of the key. */
            pkcs11_key?: string | null;
            /**
             * Format: password
             * @description With pkcs11: the user's PIN.
             */
            pkcs11_pin?: string | null;
        };
        KeyJob: {
            /** Format: uuid */
            id: string;
        };
        Connection: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            system: string;
            name: string;
            kind: string;
            /** @example postgresql://reader@db.example.org/shop */
            address: string;
            has_password: boolean;
            writing_granted: boolean;
            networks: string[];
            /** Format: int64 */
            sample_records: number;
            schedule?: components["schemas"]["ScheduleRule"] | null;
            /** Format: date-time */
            next_scan_at?: string | null;
            /** @description How the last try of the connection ended. */
            test?: components["schemas"]["ConnectionTest"] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            changed_at: string;
            /** Format: int64 */
            version: number;
        };
        ScheduleRule: {
            recurrence: components["schemas"]["Recurrence"];
            /** Format: int64 */
            minutes?: number;
            /** Format: int64 */
            hour?: number;
            /** Format: int64 */
            minute?: number;
            /**
             * Format: int64
             * @description 1 is Monday, 7 is Sunday.
             */
            weekday?: number;
            /**
             * Format: int64
             * @description In shorter months their last day.
             */
            day_of_month?: number;
        };
        /** @enum {string} */
        Recurrence: "every_minutes" | "daily" | "weekly" | "monthly";
        ConnectionTest: {
            /** Format: date-time */
            at: string;
            ok: boolean;
            product: string;
            version: string;
            encrypted: boolean;
            /** @description What kept the store from answering. */
            problem?: components["schemas"]["StoredProblem"] | null;
        };
        StoredProblem: {
            code: string;
            parameters: {
                [key: string]: string;
            };
        };
        ConnectionKind: {
            /**
             * @description As `kind` of a connection says it.
             * @example PostgreSQL
             */
            name: string;
            /** @description What people choose it by. */
            title: string;
            /** @description How its addresses begin, without ://. */
            schemes: string[];
            /** @description Whether it is a file or a folder of Privity's own machine. */
            local: boolean;
            /** @description What its addresses consist of, in the order in which a form asks. */
            parts: components["schemas"]["AddressQuestion"][];
            /** @description What it cannot be asked for, with the reason. */
            cannot: components["schemas"]["KindLimit"][];
        };
        AddressQuestion: {
            /**
             * @description scheme, host, port, user, password, path; any other is a parameter of the address.
             * @example host
             */
            name: string;
            label: string;
            help: string;
            needed: boolean;
            /** @description Empty: anything may be written. */
            choices: components["schemas"]["AddressChoice"][];
        };
        AddressChoice: {
            value: string;
            label: string;
            /** @description Of a described service: false until somebody compared the description with what the vendor says. */
            verified?: boolean | null;
        };
        KindLimit: {
            capability: components["schemas"]["Capability"];
            reason: string;
        };
        /** @enum {string} */
        Capability: "estimate" | "split" | "find" | "insert" | "update" | "delete" | "redact" | "flag" | "delete_object" | "grants" | "access_events" | "count_older" | "read_counts" | "restore_mark";
        ConnectionRequest: {
            /**
             * @description What people call the system; each name once.
             * @example Web shop
             */
            name: string;
            /**
             * @description Where the store is, without a password: sqlite:///path, postgresql://user@host/database, mysql://user@host/database, file:///folder.
             * @example postgresql://reader@db.example.org/shop
             */
            address: string;
            /**
             * Format: password
             * @description Left out: stays as it is. Empty: is removed.
             */
            password?: string | null;
            /** @description Whether records of the store may be changed, for rights requests. */
            writing_granted?: boolean;
            /**
             * @description Private networks in which the store may be reached.
             * @example [
             *       "10.2.0.0/16"
             *     ]
             */
            networks?: string[];
            /**
             * Format: int64
             * @description How many records of each collection a scan looks at.
             */
            sample_records?: number;
            /** @description When the store is looked through by itself. */
            schedule?: components["schemas"]["ScheduleRule"] | null;
        };
        DataSystem: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string;
            /** Format: uuid */
            owner?: string | null;
            /** Format: uuid */
            steward?: string | null;
            legal_entity: string;
            custom_fields: components["schemas"]["CustomField"][];
            /**
             * @description What the store said of itself.
             * @example PostgreSQL 15.4
             */
            product: string;
            /**
             * Format: uuid
             * @description How it is reached; absent for what was entered by hand.
             */
            connection?: string | null;
            /** Format: uuid */
            last_scan?: string | null;
            /**
             * Format: date-time
             * @description When the scan that ended last began. What was seen before is stale: that scan did not see it.
             */
            fresh_since?: string | null;
            /** Format: int64 */
            collections: number;
            /** Format: int64 */
            fields: number;
            /**
             * Format: int64
             * @description Fields with personal data, by verdict or detector.
             */
            personal_fields: number;
            /**
             * Format: int64
             * @description Those of categories that GDPR Art. 9(1) and 10 single out.
             */
            special_fields: number;
            /**
             * Format: int64
             * @description Changes that wait for a decision.
             */
            open_changes: number;
            reads_problem?: components["schemas"]["StoredProblem"] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            changed_at: string;
            /** Format: int64 */
            version: number;
        };
        CustomField: {
            /** @example Contract */
            name: string;
            /** @example 2026/17 */
            value: string;
        };
        SystemRequest: {
            /**
             * @description What people call it; each name once.
             * @example Web shop
             */
            name: string;
            /** @description What it is for. */
            description?: string;
            /**
             * Format: uuid
             * @description Who answers for it.
             */
            owner?: string | null;
            /**
             * Format: uuid
             * @description Who decides about what scans find in it.
             */
            steward?: string | null;
            /**
             * @description Which legal entity of the group runs it.
             * @example Example Trading GmbH
             */
            legal_entity?: string;
            /**
             * @description What your company wants to know of its systems besides; each name once.
             * @example [
             *       {
             *         "name": "Contract",
             *         "value": "2026/17"
             *       }
             *     ]
             */
            custom_fields?: components["schemas"]["CustomField"][];
        };
        ScanStart: {
            /** Format: uuid */
            system: string;
        };
        MapScan: {
            /**
             * Format: uuid
             * @description Also the id of its job.
             */
            id: string;
            /** Format: uuid */
            system: string;
            system_name: string;
            state: components["schemas"]["ScanState"];
            started_by: components["schemas"]["Actor"];
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            finished_at?: string | null;
            /** Format: int64 */
            collections_total: number;
            /** Format: int64 */
            collections_done: number;
            /** Format: int64 */
            fields: number;
            /** Format: int64 */
            personal_fields: number;
            /** Format: int64 */
            added: number;
            /** Format: int64 */
            changed: number;
            /** Format: int64 */
            gone: number;
            /**
             * Format: int64
             * @description How many things could not be read.
             */
            gaps: number;
            /** @description What kept it from reading anything, or from going on. */
            problem?: components["schemas"]["StoredProblem"] | null;
        };
        /** @enum {string} */
        ScanState: "waiting" | "running" | "complete" | "incomplete" | "failed" | "cancelled";
        ScanGap: {
            dataset: string;
            collection: string;
            problem: components["schemas"]["StoredProblem"];
        };
        DataCollection: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            system: string;
            system_name: string;
            /**
             * @description Schema or database; empty where the store has none.
             * @example public
             */
            dataset: string;
            name: string;
            shape: components["schemas"]["CollectionShape"];
            key: string[];
            /** Format: int64 */
            estimated_records?: number | null;
            freshness: components["schemas"]["Freshness"];
            /** @description The code of the error that kept the newest scan from reading values; empty when it read them. */
            unread: string;
            /** Format: int64 */
            fields: number;
            /** Format: int64 */
            personal_fields: number;
            /** Format: int64 */
            special_fields: number;
            /** Format: date-time */
            first_seen_at: string;
            /** Format: date-time */
            last_seen_at: string;
            /**
             * Format: date-time
             * @description When values were last read.
             */
            read_at?: string | null;
            /** Format: date-time */
            gone_at?: string | null;
            /** Format: date-time */
            no_reads_since?: string | null;
            /** Format: uuid */
            first_scan: string;
            /** Format: uuid */
            last_scan: string;
        };
        /** @enum {string} */
        CollectionShape: "table" | "view" | "documents" | "text" | "messages" | "asked";
        /** @enum {string} */
        Freshness: "fresh" | "stale" | "gone";
        DataField: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            system: string;
            system_name: string;
            /** Format: uuid */
            collection: string;
            dataset: string;
            collection_name: string;
            /**
             * @description In documents the path.
             * @example address.street
             */
            name: string;
            declared_type: string;
            is_key: boolean;
            /**
             * @description The one that counts: the verdict's, or the detector's where there is no verdict.
             * @example user.contact.email
             */
            category: string;
            /** @description Whether GDPR Art. 9(1) or 10 singles the category out. */
            is_special: boolean;
            detected_category: string;
            confidence: number;
            reason: string;
            /**
             * Format: int64
             * @description How many were judged; 0: by the name alone.
             */
            distinct_values: number;
            /** Format: int64 */
            sampled_records: number;
            /** Format: int64 */
            filled_records: number;
            verdict: components["schemas"]["Verdict"];
            verdict_reason: string;
            verdict_by?: components["schemas"]["Actor"] | null;
            /** Format: date-time */
            verdict_at?: string | null;
            freshness: components["schemas"]["Freshness"];
            /** Format: date-time */
            first_seen_at: string;
            /** Format: date-time */
            last_seen_at: string;
            /**
             * Format: date-time
             * @description When values were last read; absent: never.
             */
            judged_at?: string | null;
            /** Format: date-time */
            gone_at?: string | null;
            /** Format: uuid */
            first_scan: string;
            /** Format: uuid */
            last_scan: string;
        };
        /** @enum {string} */
        Verdict: "proposed" | "confirmed" | "rejected" | "changed";
        FieldDecision: {
            /**
             * @description The Fideslang key of what the field holds; `none` when it is no personal data.
             * @example user.contact.email
             */
            category: string;
            /**
             * @description Why. Shown with the field and kept; name no person here.
             * @example Numbers of articles, not of people
             */
            reason: string;
        };
        MapCategory: {
            /**
             * @description Of Fideslang.
             * @example user.contact.email
             */
            key: string;
            name: string;
            /** @description GDPR Art. 9(1) and 10 single it out, or one above it. */
            is_special: boolean;
        };
        Stewardship: {
            /** Format: uuid */
            system: string;
            system_name: string;
            /** Format: uuid */
            collection: string;
            dataset: string;
            collection_name: string;
            /**
             * Format: uuid
             * @description None: the table or file as a whole.
             */
            field?: string | null;
            field_name: string;
            content: components["schemas"]["StewardshipRequest"];
            /** @description As the newest scan counted, since the content last changed. */
            overdue?: components["schemas"]["OverdueRecords"] | null;
            changed_by?: components["schemas"]["Actor"] | null;
            /** Format: date-time */
            changed_at?: string | null;
            /**
             * Format: int64
             * @description 0: nobody has said anything.
             */
            version: number;
        };
        StewardshipRequest: {
            /**
             * Format: uuid
             * @description Who decides about what scans find here.
             */
            steward?: string | null;
            /**
             * @description What your company wants to know of it besides; each name once.
             * @example [
             *       {
             *         "name": "Contract",
             *         "value": "2026/17"
             *       }
             *     ]
             */
            custom_fields?: components["schemas"]["CustomField"][];
            /** @description How long its records may be kept. */
            retention?: components["schemas"]["Retention"] | null;
            /**
             * @description The field of the same table or file whose date begins the period. With it, scans count what is older, where the store can count.
             * @example created_at
             */
            date_field?: string;
        };
        Retention: {
            /**
             * Format: int64
             * @description How many of them.
             * @example 6
             */
            period: number;
            /** @description Days, months or years. */
            unit: components["schemas"]["RetentionUnit"];
            /** @description What the period begins with. */
            start?: components["schemas"]["RetentionStart"];
            /** @description It begins with the end of that calendar year, as commercial law often has it. */
            from_year_end?: boolean;
            /**
             * @description Which law, which contract, which need.
             * @example HGB § 257(4)
             */
            ground?: string;
        };
        /** @enum {string} */
        RetentionUnit: "days" | "months" | "years";
        /** @enum {string} */
        RetentionStart: "collected" | "transaction" | "last_used" | "relationship_ended" | "other";
        OverdueRecords: {
            /**
             * Format: int64
             * @description That began before the day; of a field, those with a value in it.
             */
            records?: number | null;
            /** @description Why the store could not count them. */
            problem?: components["schemas"]["StoredProblem"] | null;
            /**
             * Format: date-time
             * @description The day, as its beginning in UTC.
             */
            before: string;
            /** Format: date-time */
            counted_at: string;
        };
        StewardshipVersion: {
            /** Format: int64 */
            version: number;
            content: components["schemas"]["StewardshipRequest"];
            by: components["schemas"]["Actor"];
            /** Format: date-time */
            at: string;
        };
        /** @enum {string} */
        ChangeKind: "added" | "changed" | "gone";
        /** @enum {string} */
        ChangeState: "open" | "confirmed" | "rejected" | "recategorized" | "noted" | "superseded";
        MapChange: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            scan: string;
            /** Format: uuid */
            system: string;
            system_name: string;
            /** Format: uuid */
            collection: string;
            dataset: string;
            collection_name: string;
            /**
             * Format: uuid
             * @description Absent: the collection as a whole.
             */
            field?: string | null;
            field_name: string;
            kind: components["schemas"]["ChangeKind"];
            state: components["schemas"]["ChangeState"];
            type_before: string;
            type_now: string;
            /** @description The one that counted; empty for an addition. */
            category_before: string;
            /** @description What the detector sees; empty for what is gone. */
            category_now: string;
            is_special: boolean;
            confidence: number;
            reason: string;
            /** Format: date-time */
            at: string;
            decided_by?: components["schemas"]["Actor"] | null;
            /** Format: date-time */
            decided_at?: string | null;
            decided_category: string;
            decision_reason: string;
        };
        ChangeCounts: {
            /**
             * Format: int64
             * @description Waiting for a decision.
             */
            open: number;
            /** Format: int64 */
            open_added: number;
            /** Format: int64 */
            open_changed: number;
            /** Format: int64 */
            open_gone: number;
            /**
             * Format: int64
             * @description Of categories that GDPR Art. 9(1) and 10 single out.
             */
            open_special: number;
            /** Format: int64 */
            confirmed: number;
            /** Format: int64 */
            rejected: number;
            /** Format: int64 */
            recategorized: number;
        };
        ChangeConfirmation: {
            /** @description All of them are decided, or none. */
            changes: string[];
            /**
             * @description Why. Shown with the field and kept; name no person here.
             * @example Numbers of articles, not of people
             */
            reason?: string;
        };
        ChangeRejection: {
            /** @description All of them are decided, or none. */
            changes: string[];
            /**
             * @description Why. Shown with the field and kept; name no person here.
             * @example Numbers of articles, not of people
             */
            reason: string;
        };
        ChangeRecategorization: {
            /** @description All of them are decided, or none. */
            changes: string[];
            /**
             * @description The Fideslang key of what the fields hold.
             * @example user.contact.email
             */
            category: string;
            /**
             * @description Why. Shown with the field and kept; name no person here.
             * @example Numbers of articles, not of people
             */
            reason: string;
        };
        ChangeUndoing: {
            /** @description All of them are decided, or none. */
            changes: string[];
        };
        /** @enum {string} */
        ReferenceOrigin: "foreign_key" | "stated";
        DataReference: {
            /** Format: uuid */
            id: string;
            from: components["schemas"]["ReferencePlace"];
            to: components["schemas"]["ReferencePlace"];
            origin: components["schemas"]["ReferenceOrigin"];
            is_ignored: boolean;
            reason: string;
            freshness: components["schemas"]["Freshness"];
            /** Format: date-time */
            first_seen_at: string;
            /** Format: date-time */
            last_seen_at: string;
            /** Format: date-time */
            gone_at?: string | null;
            /** Format: int64 */
            version: number;
        };
        ReferencePlace: {
            /** Format: uuid */
            system: string;
            dataset?: string;
            collection: string;
            /** @description In the order of those at the other end. */
            fields: string[];
        };
        ReferenceStatement: {
            /** @description Where the records are that point. */
            from: components["schemas"]["ReferencePlace"];
            /** @description Where the records are that they point at. */
            to: components["schemas"]["ReferencePlace"];
            /** @description Why, or how it is known. */
            reason?: string;
        };
        ReferenceUse: {
            /** @description Not followed when records of a person are looked for or erased. */
            is_ignored: boolean;
            /** @description Why. */
            reason?: string;
        };
        /** @enum {string} */
        ActivityRole: "controller" | "processor";
        Activity: {
            /** Format: uuid */
            id: string;
            content: components["schemas"]["ActivityRequest"];
            /** @description Named by the activity, and no longer in the register. */
            removed_systems: string[];
            /** @description What the law asks for and is not said, with the article. */
            gaps: components["schemas"]["ActivityGap"][];
            changed_by: components["schemas"]["Actor"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            changed_at: string;
            /**
             * Format: date-time
             * @description When somebody said that it is no longer done.
             */
            ended_at?: string | null;
            /** Format: int64 */
            version: number;
        };
        ActivityRequest: {
            /** @description Recorded as controller (GDPR Art. 30(1)) or as processor (Art. 30(2)). */
            role: components["schemas"]["ActivityRole"];
            /**
             * @description Each name once.
             * @example Web shop
             */
            name: string;
            /** @description What is done. For a processor: the categories of processing (Art. 30(2)(b)). */
            description?: string;
            /** @description Those whose contact details the record holds. */
            parties?: components["schemas"]["ActivityParty"][];
            /** @description Each with its lawful basis. */
            purposes?: components["schemas"]["ActivityPurpose"][];
            /**
             * @description Of data subjects.
             * @example Customers
             */
            subject_categories?: string[];
            /**
             * @description Fideslang keys.
             * @example user.contact.email
             */
            data_categories?: string[];
            /** @description GDPR Art. 9(2), for special categories. */
            special_condition?: components["schemas"]["SpecialCondition"] | null;
            /**
             * @description Names of recipients or of categories of them, also in third countries; who has no record gets one.
             * @example Parcel services
             */
            recipients?: string[];
            /** @description To third countries and international organizations. */
            transfers?: components["schemas"]["ActivityTransfer"][];
            /** @description When the different categories of data are erased. */
            retention?: string;
            /** @description The same as data, to be shown and compared. */
            retention_rules?: components["schemas"]["ActivityRetention"][];
            /** @description Technical and organizational measures, in general terms (Art. 32(1)). */
            security?: string;
            /** @description Where in the register the data is. */
            systems?: string[];
            /**
             * Format: uuid
             * @description Who keeps this record true.
             */
            steward?: string | null;
            /**
             * @description What your company wants to know of its activities besides; each name once.
             * @example [
             *       {
             *         "name": "Contract",
             *         "value": "2026/17"
             *       }
             *     ]
             */
            custom_fields?: components["schemas"]["CustomField"][];
        };
        ActivityParty: {
            role: components["schemas"]["PartyRole"];
            name: string;
            /**
             * @description How they are reached.
             * @example privacy@example.org
             */
            contact?: string;
        };
        /** @enum {string} */
        PartyRole: "controller" | "joint_controller" | "processor" | "representative" | "data_protection_officer";
        ActivityPurpose: {
            /** @example Delivering orders */
            purpose: string;
            /** @description GDPR Art. 6(1). */
            basis?: components["schemas"]["LawfulBasis"] | null;
            /** @description Which law, which interest. */
            explanation?: string;
        };
        /** @enum {string} */
        LawfulBasis: "consent" | "contract" | "legal_obligation" | "vital_interests" | "public_task" | "legitimate_interests";
        /** @enum {string} */
        SpecialCondition: "explicit_consent" | "employment_and_social_security" | "vital_interests" | "not_for_profit_body" | "made_public" | "legal_claims" | "substantial_public_interest" | "health_and_social_care" | "public_health" | "archiving_research_statistics";
        ActivityTransfer: {
            /** @description The third country or international organization. */
            destination: string;
            /** @description The name of a recipient. */
            recipient?: string;
            /** @description Of GDPR Chapter V: an adequacy decision, standard clauses, those of Art. 49(1). */
            safeguards?: string;
        };
        ActivityRetention: {
            /**
             * @description Fideslang keys; none: all of the activity's.
             * @example user.contact.email
             */
            data_categories?: string[];
            rule: components["schemas"]["Retention"];
        };
        ActivityGap: {
            member: string;
            article: string;
        };
        /** @enum {string} */
        RegisterFormat: "csv" | "xlsx" | "json" | "html" | "pdf";
        ActivityVersion: {
            /** Format: int64 */
            version: number;
            content: components["schemas"]["ActivityRequest"];
            by: components["schemas"]["Actor"];
            /** Format: date-time */
            at: string;
        };
        /** @enum {string} */
        RecipientRole: "processor" | "controller" | "joint_controller";
        Recipient: {
            /** Format: uuid */
            id: string;
            content: components["schemas"]["RecipientRequest"];
            /** @description Names of those that name them and are done. */
            activities: string[];
            changed_by: components["schemas"]["Actor"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            changed_at: string;
            /**
             * Format: date-time
             * @description When somebody took them off the list.
             */
            removed_at?: string | null;
            /** Format: int64 */
            version: number;
        };
        RecipientRequest: {
            /**
             * @description Each name once; activities name them by it.
             * @example Example Parcels GmbH
             */
            name: string;
            /** @description Somebody, or a category of recipients (GDPR Art. 30(1)(d)). */
            kind?: components["schemas"]["RecipientKind"];
            /** @description What they are for this processing: GDPR Art. 4(7), 4(8), 26. */
            role?: components["schemas"]["RecipientRole"] | null;
            /**
             * @description Where they are.
             * @example Germany
             */
            country?: string;
            /**
             * @description How they are told of a correction or an erasure (GDPR Art. 19).
             * @example privacy@example.org
             */
            contact?: string;
            /** @description What they do with it. */
            description?: string;
            /** @description To third countries and international organizations. */
            transfers?: components["schemas"]["RecipientTransfer"][];
            /**
             * Format: uuid
             * @description Who keeps this record true.
             */
            steward?: string | null;
            /**
             * @description What your company wants to know of recipients besides; each name once.
             * @example [
             *       {
             *         "name": "Contract",
             *         "value": "2026/17"
             *       }
             *     ]
             */
            custom_fields?: components["schemas"]["CustomField"][];
        };
        /** @enum {string} */
        RecipientKind: "company" | "group_company" | "public_authority" | "person" | "category";
        RecipientTransfer: {
            /** @description The third country or international organization. */
            destination: string;
            /** @description Of GDPR Chapter V: an adequacy decision, standard clauses, those of Art. 49(1). */
            safeguards?: string;
        };
        RecipientVersion: {
            /** Format: int64 */
            version: number;
            content: components["schemas"]["RecipientRequest"];
            by: components["schemas"]["Actor"];
            /** Format: date-time */
            at: string;
        };
        /** @enum {string} */
        MapDetail: "systems" | "collections";
        MapGraph: {
            nodes: components["schemas"]["MapNode"][];
            edges: components["schemas"]["MapEdge"][];
            /**
             * Format: int64
             * @description How many nodes are not drawn because there are too many.
             */
            left_out: number;
        };
        MapNode: {
            /** @description Of the system or collection; of a category its Fideslang key. */
            id: string;
            kind: components["schemas"]["MapNodeKind"];
            name: string;
            /**
             * Format: uuid
             * @description Of a collection.
             */
            system?: string | null;
            /**
             * @description What a system runs on.
             * @example PostgreSQL
             */
            group: string;
            /** Format: uuid */
            owner?: string | null;
            freshness: components["schemas"]["Freshness"];
            /** Format: int64 */
            collections: number;
            /** Format: int64 */
            fields: number;
            /**
             * Format: int64
             * @description Of the categories that were asked for.
             */
            personal_fields: number;
            /** Format: int64 */
            special_fields: number;
            /** Format: int64 */
            open_changes: number;
        };
        /** @enum {string} */
        MapNodeKind: "system" | "collection" | "category";
        MapEdge: {
            from: string;
            to: string;
            kind: components["schemas"]["MapEdgeKind"];
            /** Format: int64 */
            count: number;
            is_special: boolean;
        };
        /** @enum {string} */
        MapEdgeKind: "holds" | "foreign_key" | "stated" | "flow";
        MapPath: {
            found: boolean;
            steps: components["schemas"]["MapStep"][];
        };
        MapStep: {
            from: components["schemas"]["MapPlace"];
            to: components["schemas"]["MapPlace"];
            /**
             * Format: uuid
             * @description One of those that join the two.
             */
            reference: string;
            origin: components["schemas"]["ReferenceOrigin"];
            /** @description It points the way that is gone. */
            is_forward: boolean;
        };
        MapPlace: {
            /** Format: uuid */
            system: string;
            system_name: string;
            /** Format: uuid */
            collection: string;
            dataset: string;
            name: string;
        };
        /** @enum {string} */
        PrincipalKind: "user" | "role" | "group" | "everyone";
        /** @enum {string} */
        Privilege: "read" | "insert" | "update" | "delete";
        AccessPoint: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            system: string;
            system_name: string;
            principal_kind: components["schemas"]["PrincipalKind"];
            /** @description An account, role or group of the store; empty for everyone. */
            principal: string;
            /** @description Empty, with an empty collection: the whole store. */
            dataset: string;
            /** @description Empty: all of the dataset. */
            collection: string;
            /** @description Empty: all fields. */
            field: string;
            /** @description The roles and groups that it comes through, the outermost first. */
            through: string[];
            privileges: components["schemas"]["Privilege"][];
            /**
             * Format: int64
             * @description How many fields with personal data are reached here.
             */
            personal_fields: number;
            /** Format: int64 */
            special_fields: number;
            categories: string[];
            /**
             * Format: date-time
             * @description By an account, in any way that the store's log does not place elsewhere.
             */
            last_used_at?: string | null;
            /**
             * Format: date-time
             * @description From when on the log was read without a gap; none where the store does not tell.
             */
            use_known_since?: string | null;
            freshness: components["schemas"]["Freshness"];
            /** Format: date-time */
            first_seen_at: string;
            /** Format: date-time */
            last_seen_at: string;
            /** Format: date-time */
            gone_at?: string | null;
            /** Format: uuid */
            first_scan: string;
            /** Format: uuid */
            last_scan: string;
        };
        AccessSummary: {
            /** Format: uuid */
            system: string;
            system_name: string;
            principal_kind: components["schemas"]["PrincipalKind"];
            principal: string;
            /** @description Has a right to all of it, as administrators have. */
            whole_store: boolean;
            privileges: components["schemas"]["Privilege"][];
            /**
             * Format: int64
             * @description Reached in any way; each field counts once.
             */
            personal_fields: number;
            /** Format: int64 */
            special_fields: number;
            categories: string[];
        };
        AccessGap: {
            /** Format: uuid */
            system: string;
            system_name: string;
            problem: components["schemas"]["StoredProblem"];
        };
        /** @enum {string} */
        AccessUse: "read" | "write" | "rights_changed" | "sign_in_refused" | "other";
        AccountUse: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            system: string;
            system_name: string;
            /** @description The account, as access points call it; empty for whoever did not sign in, and of refused sign-ins for every name that no account has. */
            principal: string;
            use: components["schemas"]["AccessUse"];
            dataset: string;
            /** @description Empty where the log does not say which one. */
            collection: string;
            /** @description Empty where the log does not say from where. */
            from_address: string;
            /** Format: date-time */
            first_used_at: string;
            /** Format: date-time */
            last_used_at: string;
            /**
             * Format: int64
             * @description How often, as far as the log told.
             */
            events: number;
        };
        UseLogState: {
            /** Format: uuid */
            system: string;
            system_name: string;
            /**
             * Format: date-time
             * @description From when on the log was read without a gap.
             */
            since?: string | null;
            /**
             * Format: date-time
             * @description Until when it was read.
             */
            read_at?: string | null;
            /** @description Why the store does not tell who uses it. */
            problem?: components["schemas"]["StoredProblem"] | null;
        };
        DataFlow: {
            /** Format: uuid */
            id: string;
            content: components["schemas"]["DataFlowRequest"];
            from_name: string;
            to_name: string;
            changed_by: components["schemas"]["Actor"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            changed_at: string;
            /** Format: int64 */
            version: number;
        };
        DataFlowRequest: {
            /**
             * Format: uuid
             * @description The system that the data comes from.
             */
            from: string;
            /**
             * Format: uuid
             * @description The system that it goes to, connected or entered by hand.
             */
            to: string;
            /**
             * @description Fideslang keys.
             * @example user.contact.email
             */
            categories: string[];
            /** @description How, how often, what for. */
            description?: string;
        };
        ReadingStart: {
            /** Format: uuid */
            system: string;
        };
        FlowReading: {
            /** Format: uuid */
            job: string;
            /** Format: uuid */
            system: string;
        };
        /** @enum {string} */
        SuggestionState: "open" | "confirmed" | "rejected";
        Suggestion: {
            /** Format: uuid */
            id: string;
            from: components["schemas"]["ReferencePlace"];
            to: components["schemas"]["ReferencePlace"];
            from_name: string;
            to_name: string;
            /** @description The values are the same, in other letter case, or hashed at `from`. */
            form: components["schemas"]["FlowForm"];
            /** @description Of the values at `from` that stand at `to`, 0 to 1. */
            share: number;
            /**
             * Format: int64
             * @description At `from`, estimated.
             */
            distinct_values: number;
            state: components["schemas"]["SuggestionState"];
            reason: string;
            decided_by?: components["schemas"]["Actor"] | null;
            /** Format: date-time */
            decided_at?: string | null;
            /**
             * Format: uuid
             * @description That a confirmation made.
             */
            reference?: string | null;
            /** Format: date-time */
            first_seen_at: string;
            /** Format: date-time */
            last_seen_at: string;
        };
        /** @enum {string} */
        FlowForm: "same" | "letter_case" | "hashed";
        SuggestionDecision: {
            /** @description Why. Kept with the suggestion; name no person here. */
            reason?: string;
        };
        Salt: {
            /** Format: uuid */
            id: string;
            name: string;
            hash: components["schemas"]["SaltedHash"];
            /** Format: date-time */
            created_at: string;
        };
        /** @enum {string} */
        SaltedHash: "salt_then_value" | "value_then_salt" | "hmac";
        NewSalt: {
            /**
             * @description Where it is used; each name once.
             * @example Advertising exports
             */
            name: string;
            /** @description How the hash of a value is made with it. */
            hash?: components["schemas"]["SaltedHash"];
            /**
             * Format: password
             * @description Empty where the company hashes without one.
             */
            salt: string;
        };
        /** @enum {string} */
        AdviceKind: "empty_field" | "constant_field" | "duplicated_field" | "never_read" | "kept_too_long" | "without_purpose" | "everyone_reads_special" | "everyone_reads" | "everyone_changes" | "reaches_all" | "unused_access";
        /** @enum {string} */
        AdviceState: "open" | "dismissed" | "task" | "over";
        Advice: {
            /** Format: uuid */
            id: string;
            finding: components["schemas"]["AdviceFinding"];
            system_name: string;
            state: components["schemas"]["AdviceState"];
            /** @description Of a dismissal. */
            reason: string;
            decided_by?: components["schemas"]["Actor"] | null;
            /** Format: date-time */
            decided_at?: string | null;
            /** Format: uuid */
            task?: string | null;
            /** Format: date-time */
            first_seen_at: string;
            /** Format: date-time */
            last_seen_at: string;
        };
        AdviceFinding: {
            kind: components["schemas"]["AdviceKind"];
            /** Format: uuid */
            system: string;
            dataset: string;
            collection: string;
            field: string;
            /** @description Of access; empty for everyone. */
            principal: string;
            categories: string[];
            is_special: boolean;
            /**
             * Format: int64
             * @description With personal data that it is about.
             */
            fields: number;
            /**
             * Format: int64
             * @description Estimated.
             */
            records?: number | null;
            /**
             * Format: int64
             * @description Estimated from how often a sample repeats what names a person.
             */
            people?: number | null;
            /** @description Where a duplicate stands. */
            other: string;
            /**
             * Format: date-time
             * @description Of what nobody reads, since when; of access that is not used, when it was used last; of what is kept too long, the day before which it began.
             */
            since?: string | null;
        };
        AdviceDismissal: {
            /** @description Why it may stay. Kept with it; name no person here. */
            reason: string;
        };
        AdviceTask: {
            /** Format: uuid */
            assignee?: string | null;
            /** Format: date-time */
            due?: string | null;
        };
        CodeFile: {
            /** @description The file: YAML, as the export writes it. */
            content: string;
            /** @description What it is called: shown in errors, and kept as the reason of what it decides. */
            name?: string;
        };
        CodePlan: {
            changes: components["schemas"]["CodeChange"][];
            /** @description What the file speaks of and the register cannot take; passed over. */
            problems: components["schemas"]["CodeProblem"][];
        };
        CodeChange: {
            kind: components["schemas"]["CodeChangeKind"];
            place: string;
            before: string;
            after: string;
        };
        /** @enum {string} */
        CodeChangeKind: "create_system" | "describe_system" | "decide_field" | "state_reference" | "set_stewardship" | "create_recipient" | "update_recipient" | "create_activity" | "update_activity";
        CodeProblem: {
            kind: components["schemas"]["CodeProblemKind"];
            place: string;
            /** Format: int64 */
            line: number;
        };
        /** @enum {string} */
        CodeProblemKind: "system_unknown" | "collection_unknown" | "field_unknown" | "reference_end_unknown" | "date_field_unknown" | "category_unknown" | "not_permitted";
        PackSummary: {
            kind: string;
            id: string;
            version: string;
            title: string;
            /** Format: date */
            valid_from?: string | null;
            installed: boolean;
            in_force: boolean;
            /** Format: int64 */
            sources: number;
        };
        PackView: {
            /** @description What the pack is, since when it holds, and what it was taken from. */
            header: components["schemas"]["PackHeader"];
            /** @description It lies in the data directory; otherwise it came with the program. */
            installed: boolean;
            /** @description The whole file, YAML. */
            text: string;
        };
        LawSummary: {
            id: string;
            short_name: string;
            title: string;
            /** Format: pack_version */
            version: string;
            places: string[];
            rights: components["schemas"]["Right"][];
        };
        /** @enum {string} */
        Right: "access" | "portability" | "correction" | "erasure" | "restriction" | "objection" | "automated_decision" | "consent_withdrawal" | "complaint";
        LawView: {
            law: components["schemas"]["LawSummary"];
            facts: components["schemas"]["FactView"][];
        };
        FactView: {
            part: string;
            id: string;
            text: string;
            rights: components["schemas"]["Right"][];
            article: string;
            source: string;
            /** Format: date */
            source_date: string;
            uncertain: boolean;
        };
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
        /** @enum {string} */
        RequestState: "received" | "proving" | "verified" | "planned" | "approved" | "running" | "waiting_store" | "waiting_person" | "checking" | "checked" | "answered" | "refused" | "withdrawn" | "appealed" | "closed";
        RightsRequest: {
            /** Format: uuid */
            id: string;
            law: string;
            law_name: string;
            /** Format: pack_version */
            law_version: string;
            right: components["schemas"]["Right"];
            state: components["schemas"]["RequestState"];
            channel: components["schemas"]["RequestChannel"];
            language: string;
            /** Format: date-time */
            received_at: string;
            /** Format: date-time */
            acknowledged_at?: string | null;
            /** Format: date-time */
            finished_at?: string | null;
            deadlines: components["schemas"]["Deadline"][];
            overdue: boolean;
            extended: boolean;
            paused: boolean;
            identity_level: components["schemas"]["IdentityLevel"];
            identity_article: string;
            proofs: components["schemas"]["ProofRecord"][];
            proven: boolean;
            plan?: components["schemas"]["PlanSummary"] | null;
            plan_error?: string | null;
            approved: boolean;
            /** Format: uuid */
            planned_by?: string | null;
            needs_second_person: boolean;
            report?: components["schemas"]["FulfilmentReport"] | null;
            refusal?: components["schemas"]["Refusal"] | null;
            /** Format: uuid */
            assignee?: string | null;
            /** Format: uuid */
            duplicate_of?: string | null;
            /** Format: int64 */
            same_person: number;
            steps: components["schemas"]["RequestStep"][];
            takes_document: boolean;
            /** Format: int64 */
            documents_waiting: number;
            minimized: boolean;
            /** Format: int64 */
            version: number;
        };
        /** @enum {string} */
        RequestChannel: "portal" | "api" | "staff" | "import" | "agent" | "mail";
        /** @enum {string} */
        IdentityLevel: "none" | "reasonable" | "high";
        ProofRecord: {
            method: components["schemas"]["ProofMethod"];
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Actor"];
            covers: string[];
        };
        /** @enum {string} */
        ProofMethod: "email_code" | "text_code" | "knowledge" | "document" | "assertion" | "skipped";
        PlanSummary: {
            digest: string;
            /** Format: int64 */
            stores: number;
            /** Format: int64 */
            collections: number;
            /** Format: int64 */
            records: number;
            /** Format: int64 */
            boundaries: number;
            /** Format: int64 */
            kept: number;
            /** Format: int64 */
            stores_missing: number;
        };
        FulfilmentReport: {
            stage: components["schemas"]["FulfilmentStage"];
            /** Format: int64 */
            tasks: number;
            /** Format: int64 */
            tasks_done: number;
            /** Format: int64 */
            tasks_failed: number;
            /** Format: int64 */
            records_done: number;
            /** Format: int64 */
            leftovers: number;
            package?: string | null;
            certificate?: string | null;
        };
        /** @enum {string} */
        FulfilmentStage: "running" | "waiting_for_store" | "waiting_for_person" | "checking" | "checked";
        Refusal: {
            ground: string;
            text: string;
            article: string;
            remedies: string[];
        };
        /** @enum {string} */
        RequestStep: "ask_proof" | "prove" | "skip_proof" | "lose_proof" | "plan" | "plan_again" | "approve" | "start" | "wait_for_store" | "wait_for_person" | "resume" | "check" | "find_leftover" | "finish_check" | "answer" | "refuse" | "withdraw" | "appeal" | "reopen" | "merge" | "close";
        RequestEvent: {
            kind: components["schemas"]["RequestEventKind"];
            /** Format: date-time */
            at: string;
            actor: components["schemas"]["Actor"];
            step?: components["schemas"]["RequestStep"] | null;
            state?: components["schemas"]["RequestState"] | null;
            note?: string | null;
        };
        /** @enum {string} */
        RequestEventKind: "created" | "moved" | "content_changed" | "proof" | "extended" | "paused" | "resumed" | "assigned" | "message" | "plan_failed" | "document_given" | "document_accepted" | "document_rejected" | "document_taken_back" | "document_expired" | "document_unneeded" | "document_destroyed";
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
        RequestDrafts: {
            answer: string;
            extension: string;
            pause: string;
        };
        RightsFigures: {
            law: string;
            right: components["schemas"]["Right"];
            /** Format: int64 */
            received: number;
            /** Format: int64 */
            answered: number;
            /** Format: int64 */
            refused: number;
            /** Format: int64 */
            withdrawn: number;
            /** Format: int64 */
            open: number;
            /** Format: int64 */
            overdue: number;
            median_days?: number | null;
        };
        NewRightsRequest: {
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
            /**
             * Format: date-time
             * @description When it reached the company; now when absent.
             */
            received_at?: string | null;
            /** @description Who asks, and for what. */
            content: components["schemas"]["RequestContent"];
        };
        RequestMove: {
            /** @description ask_proof, lose_proof, plan_again, resume, withdraw, appeal, reopen, close. */
            step: components["schemas"]["RequestStep"];
            /** @description Why; kept with the request. */
            note?: string;
        };
        ProofByHand: {
            /** @description knowledge or document. */
            method: components["schemas"]["ProofMethod"];
            /** @description What was looked at, and that the copy is destroyed. Not what it said. */
            note: string;
        };
        ProofSkipped: {
            /** @description Why no proof is needed. */
            reason: string;
        };
        WordsToPerson: {
            /** @description What the person reads. */
            text: string;
        };
        RequestRefusal: {
            /**
             * @description One of the law's grounds, by id.
             * @example unfounded_or_excessive
             */
            ground: string;
            /** @description Why it applies; the person reads it. */
            text: string;
        };
        RequestAssignment: {
            /**
             * Format: uuid
             * @description Who works on it; nobody when absent.
             */
            assignee?: string | null;
        };
        RequestMerge: {
            /**
             * Format: uuid
             * @description The request that goes on.
             */
            into: string;
        };
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
        /** @enum {string} */
        DocumentFormat: "pdf" | "jpeg" | "png" | "webp";
        /** @enum {string} */
        DocumentOutcome: "waiting" | "accepted" | "rejected" | "taken_back" | "expired" | "unneeded";
        DocumentAccepted: {
            /** @description What was looked at and compared. Not what it said. */
            note: string;
        };
        DocumentRejected: {
            /** @description Why; the person reads it. */
            reason: string;
        };
        RequestImport: {
            /**
             * Format: int64
             * @description Lines with a request.
             */
            lines: number;
            /**
             * Format: int64
             * @description How many requests were made: all of them, or none.
             */
            made: number;
            /** @description What is wrong, by line and column; the first hundred. */
            problems: components["schemas"]["ImportProblem"][];
            requests: string[];
        };
        ImportProblem: {
            /** Format: int64 */
            line: number;
            column: string;
            code: string;
        };
        PlanApproval: {
            /** @description Digest of the plan that was looked at. */
            plan: string;
        };
        ExecutionPlan: {
            /** @description Names exactly this plan: approve it by this. */
            digest: string;
            /** @description erase: records go or lose fields, when the request is to erase; change: single values are replaced. */
            act: components["schemas"]["PlanAct"];
            /** Format: date-time */
            planned_at: string;
            parts: components["schemas"]["PlannedPart"][];
            /** @description References at which the walk stopped, and why. */
            boundaries: components["schemas"]["Boundary"][];
            missing: components["schemas"]["MissingReference"][];
            /** @description Stores and collections that could not be asked, with the code of the error. */
            not_read: components["schemas"]["NotRead"][];
            /** @description Where one identifier named the records of several people. */
            ambiguous: components["schemas"]["CollectionPlace"][];
            /** @description What people decided about this plan. */
            edits: components["schemas"]["MadeEdit"][];
        };
        /** @enum {string} */
        PlanAct: "erase" | "change";
        PlannedPart: {
            collection: components["schemas"]["CollectionPlace"];
            /** Format: int64 */
            records: number;
            /**
             * Format: int64
             * @description Of these records, when the plan is that of an erasure; the others lose their personal fields.
             */
            deleted: number;
            /** @description The duty by which all of them stay; empty for none. */
            keep_ground: string;
            /** @description Why nothing can be changed here: `no_key`, `cannot_write`, `referred_to`, `no_quarantine`, `cannot_move`; empty when it can. */
            not_covered: string;
            fields: components["schemas"]["PlannedField"][];
            /** @description A few records; personal values are masked. */
            samples: components["schemas"]["NamedValue"][][];
            /** @description Of a correction or of flags: in how many records which field is replaced. */
            replacements: components["schemas"]["PlannedReplacement"][];
            /** @description All of them stay as they are: the key that opens them is destroyed. */
            is_sealed: boolean;
            /** @description Why the key of sealed fields is not destroyed, and they are erased as any others: `key_not_found`, `key_of_others`, `key_needed`, `key_kept`, `key_not_writable`. */
            not_shredded?: string | null;
            /** @description Of a restriction: where these records go until it is lifted. */
            moves_to?: components["schemas"]["CollectionPlace"] | null;
        };
        CollectionPlace: {
            dataset: string;
            space: string;
            name: string;
        };
        PlannedField: {
            name: string;
            declared_type: string;
            strategy: components["schemas"]["Strategy"];
            /** @description Why it stays; empty when it does not. */
            ground: string;
            /** @description Whether it may have no value. */
            nullable?: boolean;
            sealed_by?: components["schemas"]["CollectionPlace"] | null;
        };
        /** @enum {string} */
        Strategy: "delete" | "null" | "mask" | "pseudonymize" | "hash" | "redact" | "crypto_shred" | "keep" | "replace";
        NamedValue: {
            field: string;
            value?: string | null;
        };
        PlannedReplacement: {
            field: string;
            /** Format: int64 */
            records: number;
        };
        Boundary: {
            from: components["schemas"]["CollectionPlace"];
            to: components["schemas"]["CollectionPlace"];
            fields: string[];
            reason: components["schemas"]["BoundaryReason"];
            /** Format: int64 */
            count: number;
        };
        /** @enum {string} */
        BoundaryReason: "another_persons_record" | "refers_to_another_person" | "others_refer_to_it" | "nothing_personal" | "not_followed" | "only_their_name";
        MissingReference: {
            from: components["schemas"]["CollectionPlace"];
            to: components["schemas"]["CollectionPlace"];
            fields: string[];
            /** Format: int64 */
            count: number;
        };
        NotRead: {
            collection: components["schemas"]["CollectionPlace"];
            code: string;
        };
        MadeEdit: {
            /** Format: uuid */
            id: string;
            edit: components["schemas"]["PlanEdit"];
            by: components["schemas"]["Actor"];
            /** Format: date-time */
            at: string;
        };
        PlanEdit: {
            collection: components["schemas"]["CollectionPlace"];
            /** @description The field; empty for the collection as a whole. */
            field?: string;
            /** @description null, mask, pseudonymize, hash, redact or keep. */
            strategy: components["schemas"]["Strategy"];
            /** @description Of keep: the duty or claim for which it stays; the person is told. */
            ground?: string;
            /** @description Why it is decided so. */
            reason?: string;
        };
        KeptOrder: {
            /** @description The same in every repetition of the order. */
            id: string;
            /** @description Who is asked about. */
            system: string;
            act: components["schemas"]["OrderAct"];
            /** @description task: a person; letter: others, by e-mail; call: a program. */
            medium: components["schemas"]["OrderMedium"];
            /** Format: date-time */
            placed_at: string;
            /** Format: date-time */
            answered_at?: string | null;
            /** @description None while nobody has answered. */
            outcome?: components["schemas"]["OrderOutcome"] | null;
            /**
             * Format: int64
             * @description Texts and files, or records and files, by which it was answered.
             */
            evidence: number;
            /** @description Of whoever records the answer. */
            task?: string | null;
            /** @description The ledger's entry of the answer. */
            entry?: string | null;
        };
        /** @enum {string} */
        OrderAct: "access" | "portability" | "erasure" | "correction" | "restriction" | "objection" | "consent_withdrawal" | "lifting";
        /** @enum {string} */
        OrderMedium: "task" | "letter" | "call";
        /** @enum {string} */
        OrderOutcome: "done" | "not_held" | "refused";
        RequestTrace: {
            kind: components["schemas"]["TraceKind"];
            /**
             * Format: int64
             * @description Rows, entries, files.
             */
            count: number;
            /** @description Whether it is personal data all the same: keyed hashes are. */
            personal: boolean;
        };
        /** @enum {string} */
        TraceKind: "case" | "timeline" | "deadlines" | "documents" | "restrictions" | "agent" | "ledger" | "certificate" | "erasure_journal";
        RightsSettings: {
            /**
             * @description Where the company is (ISO 3166): its public holidays count.
             * @example DE-BY
             */
            place?: string | null;
            /** @description Whoever had the plan made may not approve it. */
            second_person?: boolean;
            /**
             * Format: int64
             * @description Days after the end until what a request says is destroyed.
             */
            keep_days?: number;
            /**
             * Format: int64
             * @description Days for which the oldest backup of any store is kept: so long, whoever was erased is looked for after a restore. For ever when absent.
             */
            remember_days?: number | null;
            /**
             * Format: int64
             * @description How many records are changed or deleted in a minute for one request, so that the stores' own work goes on; in steps of 200. As fast as the stores take it when absent.
             */
            records_per_minute?: number | null;
            /** @description Whether people may give a copy of an identity document where another proof is not enough. A person looks at it; then it is destroyed. */
            documents?: boolean;
            /**
             * Format: int64
             * @description Grows with every change.
             */
            readonly version: number;
        };
        AssertionSettings: {
            /** @description Whether tokens are taken. */
            enabled?: boolean;
            /**
             * @description What `iss` must be.
             * @example https://login.example.org
             */
            issuer?: string;
            /** @description What `aud` must hold. */
            audience?: string;
            /** @description A JWK set with the public keys of the login: Ed25519, P-256, RSA. */
            keys?: string;
            /** @description The claim with the address. */
            email_claim?: string;
            /**
             * @description Other identifiers that a token proves: by their kind, the claim.
             * @example {
             *       "customer_number": "sub"
             *     }
             */
            identifier_claims?: {
                [key: string]: string;
            };
            /** Format: int64 */
            readonly version: number;
        };
        RequestText: {
            name: components["schemas"]["RequestTextName"];
            language: string;
            /** @description False: the built-in words. */
            is_own: boolean;
            subject: string;
            text: string;
            /** @description What may stand in braces. */
            placeholders: string[];
            /** @description What must stand in the text. */
            needed: string[];
            /** Format: int64 */
            version: number;
        };
        /** @enum {string} */
        RequestTextName: "mail_code" | "mail_received" | "mail_proof" | "mail_extended" | "mail_news" | "text_code" | "draft_answer" | "draft_extension" | "draft_pause";
        RequestTextWords: {
            /** @description Of a letter; empty for any other text. */
            subject?: string;
            /**
             * @description With the placeholders of the built-in text; an empty line ends a paragraph.
             * @example Hello,
             *
             *     your code: {code}
             */
            text: string;
        };
        Restriction: {
            /** Format: uuid */
            id: string;
            /** @description restriction, objection or consent_withdrawal. */
            right: components["schemas"]["Right"];
            /** @description The purpose that it is about, with all below it; every one when absent. */
            purpose?: string | null;
            /** Format: uuid */
            request: string;
            /**
             * Format: date-time
             * @description From when on it is to be heeded.
             */
            since: string;
            /**
             * Format: date-time
             * @description Until when; absent while it stands.
             */
            lifted_at?: string | null;
            /** Format: int64 */
            version: number;
        };
        RestrictionQuestion: {
            /**
             * @description By what the person is known; one of them is enough.
             * @example {
             *       "kind": "email",
             *       "value": "ada@example.org"
             *     }
             */
            identifiers: components["schemas"]["Identifier"][];
            /**
             * @description What the data is to be used for; any use at all when absent.
             * @example marketing.email
             */
            purpose?: string | null;
        };
        RestrictionAnswer: {
            /** @description Whether nothing stands against it. */
            allowed: boolean;
            /** @description What stands against it. */
            restrictions: components["schemas"]["Restriction"][];
        };
        RestrictionLift: {
            /** @description What the person reads: that it ends, and why (GDPR Art. 18(3)). */
            text: string;
        };
        /** @enum {string} */
        HandlingRuleKind: "people" | "keep" | "strategy" | "flag" | "source" | "quarantine";
        HandlingRule: {
            /** Format: uuid */
            id: string;
            content: components["schemas"]["HandlingRuleContent"];
            by: components["schemas"]["Actor"];
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            ended_at?: string | null;
        };
        HandlingRuleContent: {
            /**
             * Format: uuid
             * @description The system that holds it.
             */
            system: string;
            /** @description The schema or database in it; empty where it has none. */
            dataset?: string;
            /** @description The table or file. */
            collection: string;
            /** @description The field; empty for the collection as a whole. */
            field?: string;
            /** @description people, keep, strategy, flag, source or quarantine. */
            kind: components["schemas"]["HandlingRuleKind"];
            /**
             * @description people: customer, employee, none. keep: the ground. strategy: null, mask, pseudonymize, hash, redact. flag: what is set. source: provided, observed, derived.
             * @example Tax records, ten years
             */
            value?: string;
            /** @description Of a flag: restriction, objection or consent_withdrawal. */
            right?: components["schemas"]["Right"] | null;
            /** @description Why it was decided. */
            reason: string;
            /**
             * @description Of a ground: the article that says so. It stands behind the ground in plans and certificates.
             * @example AO § 147(3)
             */
            article?: string;
            /**
             * @description Of a flag: it is set only by an objection to, or a withdrawal for, this purpose; empty for any.
             * @example sale
             */
            purpose?: string;
            /**
             * Format: uuid
             * @description Of crypto_shred: the system that holds the keys; this one when absent.
             */
            target_system?: string | null;
            /** @description Of a target: the schema or database in its system; empty where it has none. */
            target_dataset?: string;
            /** @description Of crypto_shred: the table that holds one key for each person, which is destroyed. Of quarantine: the table of the same fields to which restricted records go. */
            target_collection?: string;
            /** @description Of crypto_shred: the field that holds the key. */
            target_field?: string;
        };
        AuthorizedAgent: {
            /**
             * @description As the directory of agents names it; it is the one in the address.
             * @example HONEST_AGENT
             */
            id?: string;
            /** @description As people know it. */
            name: string;
            /**
             * @description Its public Ed25519 key, base64.
             * @example 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
             */
            verify_key: string;
            web_url?: string;
            /** @description Where it says how it proves whom it asks for. */
            identity_assurance_url?: string;
            technical_contact?: string;
            business_contact?: string;
            /** @description Whether it may ask. */
            enabled?: boolean;
            /**
             * Format: int64
             * @description Grows with every change.
             */
            readonly version: number;
        };
        AgentSettings: {
            /** @description Whether agents are answered. */
            enabled?: boolean;
            /**
             * @description What the directory of businesses calls this company.
             * @example EXAMPLE_TRADING
             */
            business_id?: string;
            /** @description Under which law their requests are worked on. */
            law?: string;
            /**
             * Format: int64
             * @description Grows with every change.
             */
            readonly version: number;
        };
        MailIntakeSettings: {
            /** @description Whether the mailbox is read. */
            enabled?: boolean;
            /**
             * Format: uuid
             * @description The connection of a mail server (IMAP).
             */
            connection?: string | null;
            /** @description The mailbox there. */
            folder?: string;
            /** @description Under which law letters are worked on. */
            law?: string;
            /** @description Of letters whose words name none. */
            right?: components["schemas"]["Right"];
            /** @description Of the letters that answer. */
            language?: string;
            /**
             * Format: date-time
             * @description When it was read last.
             */
            readonly read_at?: string | null;
            /** @description Why it could not be read. */
            readonly problem?: string | null;
            /**
             * Format: int64
             * @description Letters that became requests.
             */
            readonly requests: number;
            /**
             * Format: int64
             * @description Letters that were added to one.
             */
            readonly messages: number;
            /**
             * Format: int64
             * @description Of machines, without one sender, or too many.
             */
            readonly left_alone: number;
            /**
             * Format: int64
             * @description Grows with every change.
             */
            readonly version: number;
        };
        TextSettings: {
            enabled: boolean;
            url: string;
            /** @description Whether a signing secret is stored. */
            has_secret: boolean;
            prefixes: string[];
            /**
             * Format: int64
             * @description Grows with every change.
             */
            readonly version: number;
        };
        TextSettingsChange: {
            /** @description Whether people may have their code texted. */
            enabled?: boolean;
            /**
             * @description Where each message is posted to, signed (Standard Webhooks 1.0).
             * @example https://messages.example.org/privity
             */
            url?: string;
            /**
             * Format: password
             * @description The signing secret that the receiver knows, "whsec_…"; absent, the stored one stays. Wanted anew for another address.
             */
            secret?: string | null;
            /**
             * @description Beginnings of the numbers that may be texted; none: all.
             * @example [
             *       "+49",
             *       "+43"
             *     ]
             */
            prefixes?: string[];
        };
        TextTest: {
            /**
             * @description A number of your own.
             * @example +49 151 2345678
             */
            to: string;
        };
        PortalLinkOrder: {
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
            /**
             * Format: int64
             * @description For how long it fills anything in.
             */
            valid_hours?: number;
        };
        PortalLink: {
            /** @description For this person alone, where an address is in it. */
            url: string;
            /** Format: date-time */
            expires_at: string;
        };
        RememberedErasure: {
            /** Format: uuid */
            erasure: string;
            /** Format: date-time */
            at: string;
            /** Format: int64 */
            identifiers: number;
            /** Format: int64 */
            records: number;
        };
        Replay: {
            /** Format: uuid */
            id: string;
            state: components["schemas"]["ReplayState"];
            dry_run: boolean;
            /** Format: uuid */
            system?: string | null;
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            ended_at?: string | null;
            /**
             * Format: int64
             * @description How many the journal remembers.
             */
            erasures: number;
            /** @description What could not be looked at: the replay is not over. */
            not_read: components["schemas"]["NotRead"][];
            cases: components["schemas"]["ReplayCase"][];
        };
        /** @enum {string} */
        ReplayState: "running" | "waiting_for_store" | "done" | "failed";
        ReplayCase: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The erasure of the journal whose person is back.
             */
            erasure: string;
            /** @description same_records: the very same are back, and are erased at once; may_be_again: other records; kept: only records that stay whatever is planned; destroyed_key: a key of sealed fields that was destroyed is back, and is destroyed at once; key_stays: the same, but somebody else uses it or it cannot be changed there; names_nobody: records with the record keys of erased ones, which may have been given anew. */
            verdict: components["schemas"]["ReplayVerdict"];
            state: components["schemas"]["ReplayCaseState"];
            /** Format: int64 */
            records: number;
            /** Format: int64 */
            same_records: number;
            /** @description Digest of what is planned: approve it by this. */
            plan: string;
            /** Format: int64 */
            leftovers: number;
        };
        /** @enum {string} */
        ReplayVerdict: "same_records" | "may_be_again" | "kept" | "destroyed_key" | "key_stays" | "names_nobody";
        /** @enum {string} */
        ReplayCaseState: "found" | "acting" | "proposed" | "done" | "dismissed";
        ReplayOrder: {
            /** @description Find and tell, and change nothing. */
            dry_run?: boolean;
            /**
             * Format: uuid
             * @description Look only at the store of this system; at all of them when absent.
             */
            system?: string | null;
        };
        ReplayApproval: {
            /** @description Digest of the plan that was looked at. */
            plan: string;
        };
        RedactionRequest: {
            /** @description A text; either this, a value or a table. */
            text?: string | null;
            /** @description Any JSON: members that are personal by their names are replaced whole, other texts as texts. */
            value?: unknown;
            /** @description A table (RFC 4180): columns that are personal as a whole are replaced whole, other cells as texts. */
            csv?: string | null;
            /** @description What stands in the place of a find. Pseudonym and format need a key. */
            manner: components["schemas"]["RedactionManner"];
            /** @description Kinds that are replaced; none: all. */
            only?: components["schemas"]["Entity"][];
            /**
             * Format: password
             * @description 64 hexadecimal digits. Equal values become equal pseudonyms under the same key. It is not kept.
             */
            key?: string | null;
        };
        /** @enum {string} */
        RedactionManner: "label" | "mask" | "pseudonym" | "format";
        /** @enum {string} */
        Entity: "person" | "email" | "phone" | "address" | "postal_code" | "location" | "organization" | "date" | "age" | "gender" | "job_title" | "honorific" | "demographic" | "family" | "url" | "ip" | "device_id" | "credit_card" | "bank_account" | "national_id" | "tax_id" | "passport" | "driving_licence" | "health_id" | "vehicle" | "crypto" | "secret" | "username" | "other_id";
        RedactionResult: {
            /** @description The text without what was found. */
            text?: string | null;
            /** @description The value without what was found; a number that was replaced is text. */
            value?: unknown;
            /** @description The table without what was found. */
            csv?: string | null;
            /** @description Where in the text that was sent, in Unicode code points; the end is exclusive. None for a value or a table. */
            spans: components["schemas"]["RedactedSpan"][];
            /**
             * Format: int64
             * @description How many finds were replaced.
             */
            replaced: number;
        };
        RedactedSpan: {
            /** Format: int64 */
            start: number;
            /** Format: int64 */
            end: number;
            entity: components["schemas"]["Entity"];
            category: string;
        };
        /** @enum {string} */
        JobState: "queued" | "running" | "waiting" | "paused" | "succeeded" | "failed" | "cancelled";
        JobInfo: {
            /** Format: uuid */
            id: string;
            kind: string;
            state: components["schemas"]["JobState"];
            unique_key?: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            due_at?: string | null;
            /** Format: date-time */
            started_at?: string | null;
            /** Format: date-time */
            finished_at?: string | null;
            /** Format: int64 */
            attempts: number;
            /** Format: int64 */
            max_attempts: number;
            worker?: string | null;
            /** Format: int64 */
            progress_done: number;
            /** Format: int64 */
            progress_total?: number | null;
            progress_step?: string | null;
            owner?: string | null;
            error?: components["schemas"]["JobError"] | null;
        };
        JobError: {
            code: string;
            parameters: {
                [key: string]: string;
            };
        };
        JobAttempt: {
            /** Format: int64 */
            number: number;
            worker: string;
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            finished_at?: string | null;
            outcome?: components["schemas"]["AttemptOutcome"] | null;
            error?: components["schemas"]["JobError"] | null;
        };
        /** @enum {string} */
        AttemptOutcome: "succeeded" | "failed" | "released" | "cancelled" | "lost";
        ScheduleInfo: {
            name: string;
            kind: string;
            rule: components["schemas"]["ScheduleRule"];
            is_enabled: boolean;
            /** Format: date-time */
            next_at: string;
            /** Format: date-time */
            last_at?: string | null;
            /** Format: uuid */
            last_job_id?: string | null;
        };
        ScheduleUpdate: {
            /** @description Whether it runs by itself. */
            is_enabled?: boolean | null;
            /** @description When it runs. */
            rule?: components["schemas"]["ScheduleRule"] | null;
        };
        StartedJob: {
            /** Format: uuid */
            id: string;
        };
        LedgerRecord: {
            /** Format: int64 */
            index: number;
            /** Format: date-time */
            time: string;
            entry: components["schemas"]["RecordBody"];
        };
        RecordBody: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            action: string;
            actor: components["schemas"]["RecordActor"];
            object?: components["schemas"]["RecordObject"] | null;
            details?: unknown;
            /** Format: uuid */
            intent?: string | null;
            request?: string | null;
            subjects?: string[] | null;
        };
        RecordActor: {
            kind: components["schemas"]["ActorKind"];
            id?: string | null;
        };
        RecordObject: {
            kind: string;
            id: string;
        };
        EntryProof: {
            /** Format: int64 */
            index: number;
            /** Format: int64 */
            size: number;
            leaf: string;
            leaf_hash: string;
            path: string[];
            root: string;
            checkpoint: string;
        };
        VerifyReport: {
            /** Format: int64 */
            size: number;
            /** Format: int64 */
            entries_checked: number;
            /** Format: int64 */
            checkpoints_checked: number;
            root: string;
            findings: components["schemas"]["Finding"][];
            more_findings: boolean;
        };
        Finding: {
            flaw: components["schemas"]["Flaw"];
            /** Format: int64 */
            index?: number | null;
            place?: string | null;
        };
        /** @enum {string} */
        Flaw: "entry_missing" | "entry_unexpected" | "entry_invalid" | "entry_changed" | "column_changed" | "time_went_back" | "tile_missing" | "tile_unexpected" | "tile_wrong" | "checkpoint_missing" | "checkpoint_invalid" | "checkpoint_wrong" | "head_wrong" | "rolled_back" | "forked" | "staged_too_long" | "file_invalid" | "file_unexpected";
        ExportPath: {
            /**
             * @description Where the server writes the evidence: an absolute path, absent or empty.
             * @example /evidence/2026
             */
            folder: string;
        };
        ExportedLedger: {
            /** Format: int64 */
            entries: number;
            verifier: string;
            earlier_verifiers: string[];
        };
        CheckpointPlace: {
            /** @description directory, witness, webhook or mail. */
            name: string;
            /** @description A path, the name of a witness's key, a host, a masked address. */
            place: string;
            /**
             * Format: int64
             * @description How often a checkpoint goes there while the ledger grows.
             */
            interval_seconds: number;
            /** @description Whether it can be sent out of turn. */
            is_sent_by_job: boolean;
            /**
             * Format: int64
             * @description Entries under the newest checkpoint that it has.
             */
            size?: number | null;
            /** Format: date-time */
            delivered_at?: string | null;
            /** Format: date-time */
            attempted_at?: string | null;
            /** @description Code of the last attempt, if it failed. */
            error?: string | null;
            /** @description What the place answered. */
            problem?: string | null;
            /**
             * Format: int64
             * @description Failed attempts in a row.
             */
            failures: number;
            /** @description The checkpoint with the witness's signature below the ledger's own. */
            receipt?: string | null;
        };
        QueuedCheckpoint: {
            /** Format: uuid */
            job_id: string;
        };
        LedgerCheckpoint: {
            /** @description A signed note (C2SP tlog-checkpoint). */
            checkpoint: string;
            /** @description The verifier key as this server tells it. A proof is worth something against a key from elsewhere. */
            verifier: string;
            /** @description Those of signing keys that were replaced, the newest first. The newest of them signs, too. */
            earlier_verifiers: string[];
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
        AccessGapList: {
            items: components["schemas"]["AccessGap"][];
        };
        AccessPointList: {
            items: components["schemas"]["AccessPoint"][];
        };
        AccessSummaryList: {
            items: components["schemas"]["AccessSummary"][];
        };
        AccountUseList: {
            items: components["schemas"]["AccountUse"][];
        };
        ActivityList: {
            items: components["schemas"]["Activity"][];
        };
        ActivityVersionList: {
            items: components["schemas"]["ActivityVersion"][];
        };
        AdviceList: {
            items: components["schemas"]["Advice"][];
        };
        AuthorizedAgentList: {
            items: components["schemas"]["AuthorizedAgent"][];
        };
        CheckpointPlaceList: {
            items: components["schemas"]["CheckpointPlace"][];
        };
        ConnectionKindList: {
            items: components["schemas"]["ConnectionKind"][];
        };
        ConnectionList: {
            items: components["schemas"]["Connection"][];
        };
        DataCollectionList: {
            items: components["schemas"]["DataCollection"][];
        };
        DataFieldList: {
            items: components["schemas"]["DataField"][];
        };
        DataFlowList: {
            items: components["schemas"]["DataFlow"][];
        };
        DataReferenceList: {
            items: components["schemas"]["DataReference"][];
        };
        DataSystemList: {
            items: components["schemas"]["DataSystem"][];
        };
        DeadlineList: {
            items: components["schemas"]["Deadline"][];
        };
        HandlingRuleList: {
            items: components["schemas"]["HandlingRule"][];
        };
        IdentityDocumentList: {
            items: components["schemas"]["IdentityDocument"][];
        };
        InvitationList: {
            items: components["schemas"]["Invitation"][];
        };
        JobAttemptList: {
            items: components["schemas"]["JobAttempt"][];
        };
        JobInfoList: {
            items: components["schemas"]["JobInfo"][];
        };
        KeptOrderList: {
            items: components["schemas"]["KeptOrder"][];
        };
        LawSummaryList: {
            items: components["schemas"]["LawSummary"][];
        };
        LedgerRecordList: {
            items: components["schemas"]["LedgerRecord"][];
        };
        MapCategoryList: {
            items: components["schemas"]["MapCategory"][];
        };
        MapChangeList: {
            items: components["schemas"]["MapChange"][];
        };
        MapScanList: {
            items: components["schemas"]["MapScan"][];
        };
        NotificationList: {
            items: components["schemas"]["Notification"][];
        };
        PackSummaryList: {
            items: components["schemas"]["PackSummary"][];
        };
        PermissionInfoList: {
            items: components["schemas"]["PermissionInfo"][];
        };
        PlaybookSummaryList: {
            items: components["schemas"]["PlaybookSummary"][];
        };
        PortalTextList: {
            items: components["schemas"]["PortalText"][];
        };
        RecipientList: {
            items: components["schemas"]["Recipient"][];
        };
        RecipientVersionList: {
            items: components["schemas"]["RecipientVersion"][];
        };
        RememberedErasureList: {
            items: components["schemas"]["RememberedErasure"][];
        };
        ReplayList: {
            items: components["schemas"]["Replay"][];
        };
        RequestEventList: {
            items: components["schemas"]["RequestEvent"][];
        };
        RequestMessageList: {
            items: components["schemas"]["RequestMessage"][];
        };
        RequestTextList: {
            items: components["schemas"]["RequestText"][];
        };
        RequestTraceList: {
            items: components["schemas"]["RequestTrace"][];
        };
        RestrictionList: {
            items: components["schemas"]["Restriction"][];
        };
        RightsFiguresList: {
            items: components["schemas"]["RightsFigures"][];
        };
        RightsRequestList: {
            items: components["schemas"]["RightsRequest"][];
        };
        RoleList: {
            items: components["schemas"]["Role"][];
        };
        SaltList: {
            items: components["schemas"]["Salt"][];
        };
        ScanGapList: {
            items: components["schemas"]["ScanGap"][];
        };
        ScheduleInfoList: {
            items: components["schemas"]["ScheduleInfo"][];
        };
        SessionInfoList: {
            items: components["schemas"]["SessionInfo"][];
        };
        StewardshipList: {
            items: components["schemas"]["Stewardship"][];
        };
        StewardshipVersionList: {
            items: components["schemas"]["StewardshipVersion"][];
        };
        SuggestionList: {
            items: components["schemas"]["Suggestion"][];
        };
        TaskList: {
            items: components["schemas"]["Task"][];
        };
        TaskPredecessorList: {
            items: components["schemas"]["TaskPredecessor"][];
        };
        TokenList: {
            items: components["schemas"]["Token"][];
        };
        UseLogStateList: {
            items: components["schemas"]["UseLogState"][];
        };
        UserList: {
            items: components["schemas"]["User"][];
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
        /** @description The ETag of the version that you saw, or `*`. */
        IfMatch: string;
        /** @description The ETag that you have; 304 when it is still current. */
        IfNoneMatch: string;
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
    "health.ready": {
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
                    "application/json": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "health.metrics": {
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
                    "text/plain": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "health.get": {
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
                    "application/json": components["schemas"]["Health"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "openapi.get": {
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
                    "application/json": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "setup.state": {
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
                    "application/json": components["schemas"]["SetupState"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "setup.complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetupRequest"];
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
                    "application/json": components["schemas"]["Session"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "session.password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordSignIn"];
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
                    "application/json": components["schemas"]["Session"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "session.totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeSignIn"];
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
                    "application/json": components["schemas"]["Session"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "session.recovery_code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeSignIn"];
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
                    "application/json": components["schemas"]["Session"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "session.passkey_options": {
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
                    "application/json": components["schemas"]["PublicKeyOptions"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "session.passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeySignIn"];
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
                    "application/json": components["schemas"]["Session"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "session.look_at_link": {
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
                    "application/json": components["schemas"]["LinkView"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "session.accept_link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkAcceptance"];
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
                    "application/json": components["schemas"]["Session"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "session.forgot_password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForgotPassword"];
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
    "session.get": {
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
                    "application/json": components["schemas"]["Session"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "session.end": {
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "me.proof.password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordProof"];
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
    "me.proof.totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeSignIn"];
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
    "me.proof.passkey_options": {
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
                    "application/json": components["schemas"]["PublicKeyOptions"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "me.proof.passkey": {
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
                "application/json": components["schemas"]["PasskeySignIn"];
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
    "me.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "me.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountUpdate"];
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
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "me.password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
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
                    "application/json": components["schemas"]["Session"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "me.sessions": {
        parameters: {
            query?: {
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionInfoList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "me.sessions.end_others": {
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
    "me.sessions.end": {
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
    "me.totp.start": {
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
                    "application/json": components["schemas"]["TotpSetup"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "me.totp.remove": {
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
    "me.totp.confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeSignIn"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "me.recovery_codes": {
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
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "me.passkeys.options": {
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
                    "application/json": components["schemas"]["PublicKeyOptions"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "me.passkeys.add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPasskey"];
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
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "me.passkeys.remove": {
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
    "me.passkeys.rename": {
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
                "application/json": components["schemas"]["PasskeyName"];
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
    "users.list": {
        parameters: {
            query?: {
                /** @description Part of a name or address. */
                q?: string;
                /** @description Only people in this state. */
                state?: components["schemas"]["UserState"];
                /** @description Only people with this role. */
                role?: string;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "users.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "users.delete": {
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
    "users.update": {
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
                "application/json": components["schemas"]["UserUpdate"];
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
                    "application/json": components["schemas"]["User"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "users.sessions": {
        parameters: {
            query?: {
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
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
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionInfoList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "users.end_sessions": {
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
    "users.remove_second_factors": {
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
    "users.password_link": {
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
            201: {
                headers: {
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordLink"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "invitations.list": {
        parameters: {
            query?: {
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "invitations.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationRequest"];
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
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "invitations.renew": {
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
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "invitations.withdraw": {
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
    "roles.list": {
        parameters: {
            query?: {
                /** @description Part of a name or description. */
                q?: string;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "roles.create": {
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
                "application/json": components["schemas"]["RoleRequest"];
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "roles.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "roles.update": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleRequest"];
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
                    "application/json": components["schemas"]["Role"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "roles.delete": {
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
    "permissions.list": {
        parameters: {
            query?: {
                /** @description Part of a name or description. */
                q?: string;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PermissionInfoList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tokens.list": {
        parameters: {
            query?: {
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tokens.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
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
                    "application/json": components["schemas"]["NewToken"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tokens.revoke": {
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
    "tasks.list": {
        parameters: {
            query?: {
                /** @description Whose tasks. */
                assignee?: string;
                /** @description Only tasks in this state. */
                state?: components["schemas"]["TaskState"];
                /** @description Only unfinished tasks past their due time. */
                overdue?: boolean;
                /** @description Only tasks of this playbook that was started. */
                playbook_run?: string;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tasks.create": {
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
                "application/json": components["schemas"]["NewTask"];
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tasks.waiting": {
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
                    "application/json": components["schemas"]["TaskCounts"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tasks.history": {
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
                    "application/json": components["schemas"]["TaskEvents"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tasks.predecessors": {
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
                    "application/json": components["schemas"]["TaskPredecessorList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tasks.evidence": {
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
                    "application/json": components["schemas"]["TaskEvidenceList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tasks.add_evidence": {
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
                "application/json": components["schemas"]["NewTaskEvidence"];
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
                    "application/json": components["schemas"]["TaskEvidence"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tasks.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tasks.edit": {
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
                "application/json": components["schemas"]["TaskContent"];
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
                    "application/json": components["schemas"]["Task"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tasks.move": {
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
                "application/json": components["schemas"]["TaskMove"];
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
                    "application/json": components["schemas"]["Task"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tasks.comment": {
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
                "application/json": components["schemas"]["NewTaskComment"];
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
                    "application/json": components["schemas"]["TaskEvent"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tasks.add_file": {
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
                    "application/json": components["schemas"]["TaskEvidence"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "tasks.file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                evidence: string;
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
    "playbooks.list": {
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
                    "application/json": components["schemas"]["PlaybookSummaryList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "playbooks.get": {
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
                    "application/json": components["schemas"]["Playbook"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "playbooks.start": {
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
                "application/json": components["schemas"]["NewPlaybookRun"];
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
                    "application/json": components["schemas"]["PlaybookRun"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "session.providers": {
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
                    "application/json": components["schemas"]["OfferedProviderList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "session.oidc_start": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Destination"];
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
                    "application/json": components["schemas"]["StartAnswer"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "session.oidc_invitation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationToken"];
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
                    "application/json": components["schemas"]["StartAnswer"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "me.providers.link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartAnswer"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "me.providers.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
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
    "session.oidc_callback": {
        parameters: {
            query?: {
                code?: string;
                state?: string;
                iss?: string;
                error?: string;
                error_description?: string;
                error_uri?: string;
                session_state?: string;
                scope?: string;
                authuser?: string;
                prompt?: string;
                hd?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "identity_providers.list": {
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
                    "application/json": components["schemas"]["ProviderList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "identity_providers.create": {
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
                "application/json": components["schemas"]["ProviderRequest"];
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "identity_providers.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "identity_providers.update": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderRequest"];
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
                    "application/json": components["schemas"]["Provider"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "identity_providers.delete": {
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
    "identity_providers.test": {
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
                    "application/json": components["schemas"]["OidcCheck"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "organization.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "organization.replace": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Organization"];
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
                    "application/json": components["schemas"]["Organization"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalFace"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.replace": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortalFace"];
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
                    "application/json": components["schemas"]["PortalFace"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal.address": {
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
                    "application/json": components["schemas"]["PortalAddress"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal_texts.list": {
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
                    "application/json": components["schemas"]["PortalTextList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal_texts.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description Where on the portal; the list names the places. */
                place: string;
                /** @description en, de, fr or es. */
                language: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalText"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal_texts.set": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Where on the portal; the list names the places. */
                place: string;
                /** @description en, de, fr or es. */
                language: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortalTextWords"];
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
                    "application/json": components["schemas"]["PortalText"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "portal_texts.reset": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Where on the portal; the list names the places. */
                place: string;
                /** @description en, de, fr or es. */
                language: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalText"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "saved_views.list": {
        parameters: {
            query?: {
                /** @description Only views of this list. */
                screen?: string;
            };
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
                    "application/json": components["schemas"]["SavedViewList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "saved_views.create": {
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
                "application/json": components["schemas"]["NewSavedView"];
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "saved_views.replace": {
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
                "application/json": components["schemas"]["NewSavedView"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "saved_views.delete": {
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
    "notifications.list": {
        parameters: {
            query?: {
                /** @description Only those that have not been read. */
                unread?: boolean;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "notifications.count": {
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
                    "application/json": components["schemas"]["UnreadCount"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "notifications.read": {
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
    "notifications.read_all": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
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
    "notifications.choices": {
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
                    "application/json": components["schemas"]["NoticeChoiceList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "notifications.choose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticeChoiceList"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeChoiceList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    search: {
        parameters: {
            query: {
                /** @description What to look for. */
                q: string;
                /** @description At most so many of each kind. */
                limit?: number;
            };
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
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "backup.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackupPath"];
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
                    "application/json": components["schemas"]["BackupSummary"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "keys.show": {
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
                    "application/json": components["schemas"]["KeyHomeState"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "keys.rotate_root": {
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
                    "application/json": components["schemas"]["RootKeyState"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "keys.move_root": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRootKey"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RootKeyState"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "keys.rotate_named": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
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
                    "application/json": components["schemas"]["NamedKeyState"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "keys.rotate_buckets": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyJob"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "keys.rotate_person": {
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
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyJob"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "connections.list": {
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
                    "application/json": components["schemas"]["ConnectionList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "connections.create": {
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
                "application/json": components["schemas"]["ConnectionRequest"];
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "connections.kinds": {
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
                    "application/json": components["schemas"]["ConnectionKindList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "connections.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "connections.update": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionRequest"];
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
                    "application/json": components["schemas"]["Connection"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "connections.delete": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
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
    "connections.test": {
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
                    "application/json": components["schemas"]["ConnectionTest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "systems.list": {
        parameters: {
            query?: {
                /** @description Part of the name. */
                q?: string;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataSystemList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "systems.create": {
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
                "application/json": components["schemas"]["SystemRequest"];
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataSystem"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "systems.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataSystem"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "systems.update": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SystemRequest"];
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
                    "application/json": components["schemas"]["DataSystem"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "systems.delete": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
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
    "scans.list": {
        parameters: {
            query?: {
                system?: string;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapScanList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "scans.start": {
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
                "application/json": components["schemas"]["ScanStart"];
            };
        };
        responses: {
            /** @description The answer. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapScan"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "scans.show": {
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
                    "application/json": components["schemas"]["MapScan"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "scans.gaps": {
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
                    "application/json": components["schemas"]["ScanGapList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "collections.list": {
        parameters: {
            query?: {
                system?: string;
                /** @description Part of the name. */
                q?: string;
                /** @description Also what is no longer there. */
                gone?: boolean;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataCollectionList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "collections.show": {
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
                    "application/json": components["schemas"]["DataCollection"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "fields.list": {
        parameters: {
            query?: {
                system?: string;
                collection?: string;
                /** @description A Fideslang key, with all below it. */
                category?: string;
                /** @description Part of the name. */
                q?: string;
                /** @description Only personal data. */
                personal?: boolean;
                /** @description Only what GDPR Art. 9(1) and 10 single out. */
                special?: boolean;
                /** @description Also what is no longer there. */
                gone?: boolean;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataFieldList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "fields.show": {
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
                    "application/json": components["schemas"]["DataField"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "fields.decide": {
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
                "application/json": components["schemas"]["FieldDecision"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataField"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "categories.list": {
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
                    "application/json": components["schemas"]["MapCategoryList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "stewardship.list": {
        parameters: {
            query?: {
                system?: string;
                collection?: string;
                /** @description Only what may be kept for a time. */
                retention?: boolean;
                /** @description Only where the newest scan counted records that are kept longer. */
                overdue?: boolean;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StewardshipList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "collections.stewardship": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stewardship"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "collections.set_stewardship": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StewardshipRequest"];
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
                    "application/json": components["schemas"]["Stewardship"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "collections.stewardship_history": {
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
                    "application/json": components["schemas"]["StewardshipVersionList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "fields.stewardship": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stewardship"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "fields.set_stewardship": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StewardshipRequest"];
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
                    "application/json": components["schemas"]["Stewardship"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "fields.stewardship_history": {
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
                    "application/json": components["schemas"]["StewardshipVersionList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "changes.list": {
        parameters: {
            query?: {
                system?: string;
                connection?: string;
                scan?: string;
                field?: string;
                kind?: components["schemas"]["ChangeKind"];
                state?: components["schemas"]["ChangeState"];
                /** @description A Fideslang key, before or now, with all below it. */
                category?: string;
                /** @description Only what GDPR Art. 9(1) and 10 single out. */
                special?: boolean;
                /** @description At least as sure: 0 to 1. */
                confidence_from?: number;
                /** @description Less sure: 0 to 1. */
                confidence_below?: number;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapChangeList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "changes.counts": {
        parameters: {
            query?: {
                system?: string;
                connection?: string;
                scan?: string;
                field?: string;
                /** @description A Fideslang key, before or now, with all below it. */
                category?: string;
                /** @description Only what GDPR Art. 9(1) and 10 single out. */
                special?: boolean;
                /** @description At least as sure: 0 to 1. */
                confidence_from?: number;
                /** @description Less sure: 0 to 1. */
                confidence_below?: number;
            };
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
                    "application/json": components["schemas"]["ChangeCounts"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "changes.show": {
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
                    "application/json": components["schemas"]["MapChange"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "changes.confirm": {
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
                "application/json": components["schemas"]["ChangeConfirmation"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapChangeList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "changes.reject": {
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
                "application/json": components["schemas"]["ChangeRejection"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapChangeList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "changes.recategorize": {
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
                "application/json": components["schemas"]["ChangeRecategorization"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapChangeList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "changes.undo": {
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
                "application/json": components["schemas"]["ChangeUndoing"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapChangeList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "references.list": {
        parameters: {
            query?: {
                /** @description At either end. */
                system?: string;
                origin?: components["schemas"]["ReferenceOrigin"];
                /** @description Also what is no longer there. */
                gone?: boolean;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataReferenceList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "references.create": {
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
                "application/json": components["schemas"]["ReferenceStatement"];
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataReference"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "references.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataReference"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "references.update": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReferenceUse"];
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
                    "application/json": components["schemas"]["DataReference"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "references.delete": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
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
    "activities.list": {
        parameters: {
            query?: {
                role?: components["schemas"]["ActivityRole"];
                /** @description Part of the name. */
                q?: string;
                /** @description Only those with gaps. */
                incomplete?: boolean;
                /** @description Also what is no longer done. */
                ended?: boolean;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivityList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "activities.create": {
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
                "application/json": components["schemas"]["ActivityRequest"];
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Activity"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "activities.register": {
        parameters: {
            query?: {
                /** @description GDPR Art. 30(1) or 30(2). */
                role?: components["schemas"]["ActivityRole"];
                /** @description A table (CSV, XLSX), everything linked (JSON), a page to print, or a document. */
                format?: components["schemas"]["RegisterFormat"];
            };
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
                    "text/csv": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "activities.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Activity"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "activities.update": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActivityRequest"];
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
                    "application/json": components["schemas"]["Activity"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "activities.end": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
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
    "activities.history": {
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
                    "application/json": components["schemas"]["ActivityVersionList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "recipients.list": {
        parameters: {
            query?: {
                /** @description Part of the name. */
                q?: string;
                role?: components["schemas"]["RecipientRole"];
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipientList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "recipients.create": {
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
                "application/json": components["schemas"]["RecipientRequest"];
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recipient"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "recipients.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recipient"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "recipients.update": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecipientRequest"];
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
                    "application/json": components["schemas"]["Recipient"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "recipients.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
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
    "recipients.history": {
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
                    "application/json": components["schemas"]["RecipientVersionList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "map.graph": {
        parameters: {
            query?: {
                /** @description It with its collections, and the systems that it is joined with. */
                system?: string;
                /** @description Only what holds this Fideslang key, or one below it. */
                category?: string;
                /** @description Only what GDPR Art. 9(1) and 10 single out. */
                special?: boolean;
                /** @description Also the collections of every system. */
                detail?: components["schemas"]["MapDetail"];
                /** @description How many parts of a category are told apart: 3 for user.contact.email. */
                levels?: number;
            };
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
                    "application/json": components["schemas"]["MapGraph"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "map.path": {
        parameters: {
            query: {
                /** @description The id of a system or collection. */
                from: string;
                /** @description The id of a system or collection. */
                to: string;
            };
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
                    "application/json": components["schemas"]["MapPath"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "access.list": {
        parameters: {
            query?: {
                system?: string;
                principal_kind?: components["schemas"]["PrincipalKind"];
                /** @description Exactly this one; empty for everyone. */
                principal?: string;
                /** @description Part of the principal's name. */
                q?: string;
                privilege?: components["schemas"]["Privilege"];
                /** @description Where this Fideslang key is reached, or one below it. */
                category?: string;
                /** @description Only where personal data is reached. */
                personal?: boolean;
                /** @description Where what GDPR Art. 9(1) and 10 single out is reached. */
                special?: boolean;
                /** @description Also what is no longer granted. */
                gone?: boolean;
                /** @description Only what an account holds for longer than so many days and did not use in them, where the store's log was read for as long. */
                unused_days?: number;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessPointList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "access.reach": {
        parameters: {
            query?: {
                system?: string;
                principal_kind?: components["schemas"]["PrincipalKind"];
                /** @description Part of the principal's name. */
                q?: string;
                privilege?: components["schemas"]["Privilege"];
                /** @description Where this Fideslang key is reached, or one below it. */
                category?: string;
                /** @description Where what GDPR Art. 9(1) and 10 single out is reached. */
                special?: boolean;
            };
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
                    "application/json": components["schemas"]["AccessSummaryList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "access.gaps": {
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
                    "application/json": components["schemas"]["AccessGapList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "access.uses": {
        parameters: {
            query?: {
                system?: string;
                /** @description Part of the account's name. */
                q?: string;
                use?: components["schemas"]["AccessUse"];
                /** @description Exactly this one. */
                collection?: string;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountUseList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "access.logs": {
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
                    "application/json": components["schemas"]["UseLogStateList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "access.table": {
        parameters: {
            query?: {
                system?: string;
                principal_kind?: components["schemas"]["PrincipalKind"];
                /** @description Part of the principal's name. */
                q?: string;
                privilege?: components["schemas"]["Privilege"];
                /** @description Where this Fideslang key is reached, or one below it. */
                category?: string;
                /** @description Where what GDPR Art. 9(1) and 10 single out is reached. */
                special?: boolean;
            };
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
                    "text/csv": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "flows.list": {
        parameters: {
            query?: {
                /** @description At either end. */
                system?: string;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataFlowList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "flows.create": {
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
                "application/json": components["schemas"]["DataFlowRequest"];
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataFlow"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "flows.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataFlow"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "flows.update": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DataFlowRequest"];
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
                    "application/json": components["schemas"]["DataFlow"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "flows.delete": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
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
    "flows.read": {
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
                "application/json": components["schemas"]["ReadingStart"];
            };
        };
        responses: {
            /** @description The answer. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowReading"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "flows.suggestions": {
        parameters: {
            query?: {
                /** @description At either end. */
                system?: string;
                state?: components["schemas"]["SuggestionState"];
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestionList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "flows.confirm": {
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
                "application/json": components["schemas"]["SuggestionDecision"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suggestion"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "flows.reject": {
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
                "application/json": components["schemas"]["SuggestionDecision"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suggestion"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "flows.salts.list": {
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
                    "application/json": components["schemas"]["SaltList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "flows.salts.create": {
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
                "application/json": components["schemas"]["NewSalt"];
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
                    "application/json": components["schemas"]["Salt"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "flows.salts.delete": {
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
    "advice.list": {
        parameters: {
            query?: {
                system?: string;
                kind?: components["schemas"]["AdviceKind"];
                state?: components["schemas"]["AdviceState"];
                /** @description Only what GDPR Art. 9(1) and 10 single out. */
                special?: boolean;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdviceList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "advice.show": {
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
                    "application/json": components["schemas"]["Advice"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "advice.look": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
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
    "advice.dismiss": {
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
                "application/json": components["schemas"]["AdviceDismissal"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Advice"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "advice.reopen": {
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
                    "application/json": components["schemas"]["Advice"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "advice.task": {
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
                "application/json": components["schemas"]["AdviceTask"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Advice"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "map.export": {
        parameters: {
            query?: {
                /** @description Only this one, and the activities that name it. */
                system?: string;
            };
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
                    "application/yaml": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "map.plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeFile"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodePlan"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "map.apply": {
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
                "application/json": components["schemas"]["CodeFile"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodePlan"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "packs.list": {
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
                    "application/json": components["schemas"]["PackSummaryList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "packs.get": {
        parameters: {
            query?: {
                /** @description Another version than the one in force today. */
                version?: string;
            };
            header?: never;
            path: {
                kind: string;
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
                    "application/json": components["schemas"]["PackView"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "law.list": {
        parameters: {
            query?: {
                /** @description Only laws under which people there hold rights: an ISO 3166 code. */
                place?: string;
            };
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
                    "application/json": components["schemas"]["LawSummaryList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "law.get": {
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
                    "application/json": components["schemas"]["LawView"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "law.deadlines": {
        parameters: {
            query?: {
                /** @description Which right is claimed; without it, every right that the law grants. */
                right?: components["schemas"]["Right"];
                /** @description The day on which the request arrived; without it, today. */
                received?: string;
                /** @description The day on which the proof of identity arrived that was asked for. */
                identified?: string;
                /** @description Where the controller is, for its public holidays: DE, DE-BY. Without it, weekends only. */
                place?: string;
                /** @description With the law's one extension. */
                extended?: boolean;
            };
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
                    "application/json": components["schemas"]["DeadlineList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.list": {
        parameters: {
            query?: {
                /** @description Only requests in this state. */
                state?: components["schemas"]["RequestState"];
                /** @description Only requests that claim this right. */
                right?: components["schemas"]["Right"];
                /** @description Only requests under this law. */
                law?: string;
                /** @description Only requests that are not answered yet. */
                open?: boolean;
                /** @description Only open requests past their due time. */
                overdue?: boolean;
                /** @description Only requests with a copy of an identity document that nobody decided about. */
                document_waits?: boolean;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsRequestList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.create": {
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
                "application/json": components["schemas"]["NewRightsRequest"];
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.history": {
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
                    "application/json": components["schemas"]["RequestEventList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.deadlines": {
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
                    "application/json": components["schemas"]["DeadlineList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.content": {
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
                    "application/json": components["schemas"]["RequestContent"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.edit": {
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
                "application/json": components["schemas"]["RequestContent"];
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
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.messages": {
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
    "requests.message": {
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
                "application/json": components["schemas"]["WordsToPerson"];
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
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.letter": {
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
    "requests.drafts": {
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
                    "application/json": components["schemas"]["RequestDrafts"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.figures": {
        parameters: {
            query?: {
                /** @description Of receipt; the running one when absent. */
                year?: number;
            };
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
                    "application/json": components["schemas"]["RightsFiguresList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.move": {
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
                "application/json": components["schemas"]["RequestMove"];
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
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.prove": {
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
                "application/json": components["schemas"]["ProofByHand"];
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
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.skip_proof": {
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
                "application/json": components["schemas"]["ProofSkipped"];
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
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.answer": {
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
                "application/json": components["schemas"]["WordsToPerson"];
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
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.refuse": {
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
                "application/json": components["schemas"]["RequestRefusal"];
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
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.extend": {
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
                "application/json": components["schemas"]["WordsToPerson"];
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
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.pause": {
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
                "application/json": components["schemas"]["WordsToPerson"];
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
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.resume": {
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.assign": {
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
                "application/json": components["schemas"]["RequestAssignment"];
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
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.merge": {
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
                "application/json": components["schemas"]["RequestMerge"];
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
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.documents": {
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
                    "application/json": components["schemas"]["IdentityDocumentList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.attach_document": {
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
    "requests.document": {
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
    "requests.accept_document": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
                document: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentAccepted"];
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
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.reject_document": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
                document: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentRejected"];
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
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.import": {
        parameters: {
            query?: {
                /** @description Try everything and keep nothing. */
                preview?: boolean;
            };
            header: {
                /** @description What the file is called: `attachment; filename*=UTF-8''letter.pdf` (RFC 6266). */
                "Content-Disposition": components["parameters"]["ContentDisposition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestImport"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.planned": {
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
                    "application/json": components["schemas"]["ExecutionPlan"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.plan": {
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.approve": {
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
                "application/json": components["schemas"]["PlanApproval"];
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
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.execute": {
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.undo": {
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsRequest"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.edit_plan": {
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
                "application/json": components["schemas"]["PlanEdit"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionPlan"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.undo_plan_edit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                edit: string;
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
                    "application/json": components["schemas"]["ExecutionPlan"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.orders": {
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
                    "application/json": components["schemas"]["KeptOrderList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.package": {
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
    "requests.certificate": {
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
    "requests.traces": {
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
                    "application/json": components["schemas"]["RequestTraceList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.certificate_pdf": {
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
    "requests.settings": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsSettings"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "requests.set": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RightsSettings"];
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
                    "application/json": components["schemas"]["RightsSettings"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "assertions.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssertionSettings"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "assertions.set": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssertionSettings"];
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
                    "application/json": components["schemas"]["AssertionSettings"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "letters.list": {
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
                    "application/json": components["schemas"]["RequestTextList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "letters.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description mail_code, mail_received, mail_proof, mail_extended, mail_news, text_code, draft_answer, draft_extension or draft_pause. */
                name: string;
                /** @description en, de, fr or es. */
                language: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestText"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "letters.set": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description mail_code, mail_received, mail_proof, mail_extended, mail_news, text_code, draft_answer, draft_extension or draft_pause. */
                name: string;
                /** @description en, de, fr or es. */
                language: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestTextWords"];
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
                    "application/json": components["schemas"]["RequestText"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "letters.reset": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description mail_code, mail_received, mail_proof, mail_extended, mail_news, text_code, draft_answer, draft_extension or draft_pause. */
                name: string;
                /** @description en, de, fr or es. */
                language: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestText"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "letters.preview": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description mail_code, mail_received, mail_proof, mail_extended, mail_news, text_code, draft_answer, draft_extension or draft_pause. */
                name: string;
                /** @description en, de, fr or es. */
                language: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestTextWords"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestTextWords"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "restrictions.list": {
        parameters: {
            query?: {
                /** @description restriction, objection or consent_withdrawal. */
                right?: components["schemas"]["Right"];
                /** @description Of this rights request. */
                request?: string;
                /** @description Also those that no longer stand. */
                lifted?: boolean;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestrictionList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "restrictions.show": {
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
                    "application/json": components["schemas"]["Restriction"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "restrictions.check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestrictionQuestion"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestrictionAnswer"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "restrictions.lift": {
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
                "application/json": components["schemas"]["RestrictionLift"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Restriction"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "handling.list": {
        parameters: {
            query?: {
                /** @description Of this system. */
                system?: string;
                /** @description Of this kind. */
                kind?: components["schemas"]["HandlingRuleKind"];
                /** @description Also those that no longer hold. */
                ended?: boolean;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandlingRuleList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "handling.set": {
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
                "application/json": components["schemas"]["HandlingRuleContent"];
            };
        };
        responses: {
            /** @description The answer. */
            201: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandlingRule"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "handling.show": {
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
                    "application/json": components["schemas"]["HandlingRule"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "handling.end": {
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
    "agents.list": {
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
                    "application/json": components["schemas"]["AuthorizedAgentList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "agents.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
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
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthorizedAgent"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "agents.set": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                /** @description As the directory of agents names it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuthorizedAgent"];
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
                    "application/json": components["schemas"]["AuthorizedAgent"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "agents.remove": {
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
    "agents.settings": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentSettings"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "agents.configure": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentSettings"];
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
                    "application/json": components["schemas"]["AgentSettings"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "mail_intake.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailIntakeSettings"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "mail_intake.set": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailIntakeSettings"];
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
                    "application/json": components["schemas"]["MailIntakeSettings"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "texts.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have; 304 when it is still current. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version of what is answered. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TextSettings"];
                };
            };
            /** @description Not changed since the version in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "texts.set": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you saw, or `*`. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TextSettingsChange"];
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
                    "application/json": components["schemas"]["TextSettings"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "texts.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TextTest"];
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
    "portal.link": {
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
                "application/json": components["schemas"]["PortalLinkOrder"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalLink"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "erasures.list": {
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
                    "application/json": components["schemas"]["RememberedErasureList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "erasures.replays": {
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
                    "application/json": components["schemas"]["ReplayList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "erasures.replay": {
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
                "application/json": components["schemas"]["ReplayOrder"];
            };
        };
        responses: {
            /** @description The answer. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "erasures.replayed": {
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
                    "application/json": components["schemas"]["Replay"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "erasures.plan": {
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
                    "application/json": components["schemas"]["ExecutionPlan"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "erasures.approve": {
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
                "application/json": components["schemas"]["ReplayApproval"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayCase"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "erasures.dismiss": {
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
                    "application/json": components["schemas"]["ReplayCase"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "redaction.run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RedactionRequest"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedactionResult"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "support_bundle.create": {
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
                    "application/zip": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "jobs.list": {
        parameters: {
            query?: {
                state?: components["schemas"]["JobState"];
                kind?: string;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobInfoList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "jobs.get": {
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
                    "application/json": components["schemas"]["JobInfo"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "jobs.attempts": {
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
                    "application/json": components["schemas"]["JobAttemptList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "jobs.cancel": {
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
                    "application/json": components["schemas"]["JobInfo"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "jobs.pause": {
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
                    "application/json": components["schemas"]["JobInfo"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "jobs.resume": {
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
                    "application/json": components["schemas"]["JobInfo"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "jobs.retry": {
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
                    "application/json": components["schemas"]["JobInfo"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "schedules.list": {
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
                    "application/json": components["schemas"]["ScheduleInfoList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "schedules.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleUpdate"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleInfo"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "schedules.run": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedJob"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "ledger.entries.list": {
        parameters: {
            query?: {
                /** @description Not before this instant. */
                from?: string;
                /** @description Before this instant. */
                until?: string;
                /** @description An action, or its beginning up to a dot. */
                action?: string;
                /** @description Who did it. */
                actor_id?: string;
                /** @description What it was done to, together with object_id. */
                object_kind?: string;
                /** @description What it was done to, together with object_kind. */
                object_id?: string;
                /** @description The id of a data subject whom it is about. */
                subject?: string;
                /** @description Where the page begins: the value in the `Link` to the next page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description With rel="next" when there is another page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerRecordList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "ledger.entries.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                index: number;
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
                    "application/json": components["schemas"]["LedgerRecord"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "ledger.entries.proof": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                index: number;
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
                    "application/json": components["schemas"]["EntryProof"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "ledger.entries.proof_file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                index: number;
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
                    "text/plain": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "ledger.verify": {
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
                    "application/json": components["schemas"]["VerifyReport"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "ledger.export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportPath"];
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
                    "application/json": components["schemas"]["ExportedLedger"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "ledger.places.list": {
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
                    "application/json": components["schemas"]["CheckpointPlaceList"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "ledger.places.send": {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 hours with the same request, nothing happens twice and the answer is the same. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuedCheckpoint"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "ledger.checkpoint": {
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
                    "application/json": components["schemas"]["LedgerCheckpoint"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    "ledger.tiles.one": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                level: string;
                a: string;
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
    "ledger.tiles.two": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                level: string;
                a: string;
                b: string;
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
    "ledger.tiles.three": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                level: string;
                a: string;
                b: string;
                c: string;
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
    "ledger.tiles.four": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                level: string;
                a: string;
                b: string;
                c: string;
                d: string;
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
    "events.stream": {
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
                    "text/event-stream": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
}

export interface Config {
  modelGovernance?: {
    /** Where people request access; in links of refusals. Default: `app.baseUrl`. */
    portalUrl?: string;
    policies?: {
      /** Folder with the policy files. Default: the nearest folder `policies`, upwards from where the backend runs. */
      path?: string;
      /**
       * Where policies are changed. `files`: in the folder, by whatever process
       * its repository has; the portal checks, replays and makes a patch.
       * `portal`: in the portal, by proposals that a second person activates with
       * a passkey; what is activated there lies over the folder. Default `files`.
       */
      manage?: 'files' | 'portal';
    };
    /** Metrics of the organisation's own, which the gate `kpi` checks. */
    kpiPacks?: {
      /** Folder with the packs. Default: `packs` in the folder of the policies. */
      path?: string;
    };
    /** What is done when calls of a version differ from their reference. */
    drift?: {
      /**
       * By tier (`sandbox`, `internal`, `customer-facing`, `regulated`), from the
       * mildest on: `notify`, `re-evaluate`, `canary-back`, `suspend`; each has
       * those before it. Default: `notify` for sandbox and internal,
       * `canary-back` for the others.
       */
      actions?: { [tier: string]: string };
    };
    /** Experiments with live calls. */
    online?: {
      /**
       * Tiers of whose calls experiments may be made: `sandbox`, `internal`,
       * `customer-facing`, `regulated`. Default: all but `regulated`.
       */
      tiers?: string[];
    };
    /** Whose signatures on artifacts count, for the gate `artifact-signature`. Policies name them. */
    signatures?: {
      /** Public keys, as PEM or in a file. */
      keys?: Array<{ name: string; publicKey?: string; file?: string }>;
      /** Authorities of the organisation's own, as PEM or in a file. */
      certificates?: Array<{ name: string; pem?: string; file?: string }>;
      /** Identities that Sigstore vouches for. */
      identities?: Array<{
        name: string;
        /** URL of who confirmed the identity: `https://token.actions.githubusercontent.com`. */
        issuer: string;
        /** The address or workflow, whole. */
        subject?: string;
        /** A regular expression for the whole of it instead. */
        subjectPattern?: string;
      }>;
      /** Whom of Sigstore to believe; needed for identities and timestamps. */
      sigstore?: {
        /** A `trusted_root.json`, so that nothing has to be fetched. */
        trustedRootFile?: string;
        /** Fetches it with The Update Framework instead. */
        tuf?: {
          /** Default false. */
          enabled?: boolean;
          /** Default: the public good instance. */
          mirrorUrl?: string;
          /** A `root.json` to begin with; needed for another mirror. */
          rootFile?: string;
          /** Where it is kept; by default below the home folder. */
          cacheFolder?: string;
        };
      };
    };
    /** What the gate `artifact-security` may read, and how much it may take. */
    artifacts?: {
      /**
       * Hosts that may be contacted, also by redirect: `example.com`,
       * `example.com:8443` or `*.example.com`. Default: huggingface.co and where
       * it keeps large files.
       */
      allowedHosts?: string[];
      /** Hosts among them that may have addresses which are not public. */
      privateHosts?: string[];
      /** Hosts among them that may be spoken to without TLS. */
      plainHosts?: string[];
      /** Where `file:///` begins; without it artifacts in files are refused. */
      folder?: string;
      huggingFace?: {
        /** A mirror instead of https://huggingface.co. Default: `HF_ENDPOINT`. */
        endpoint?: string;
        /**
         * For gated repositories. Default: `HF_TOKEN`.
         * @visibility secret
         */
        token?: string;
      };
      /** Logins for registries of OCI artifacts. */
      registries?: Array<{
        host: string;
        username: string;
        /** @visibility secret */
        password: string;
      }>;
      /** How long one scan may take. Default 120. */
      timeoutMinutes?: number;
      /** Heap of a scan, and again what lies outside it. Default 512. */
      memoryMiB?: number;
      /** Scans at once on one replica. Default 1. */
      concurrency?: number;
    };
    /** Where the gate `advisories` looks for known advisories in the OSV format. */
    advisories?: {
      /** Advisories of the organisation or of its suppliers. */
      feeds?: Array<{
        /** Lower case; `osv` is taken. */
        id: string;
        title?: string;
        /** Folder with files `*.json` or `*.jsonl`, read at every check; relative to where the backend runs. */
        folder?: string;
        /** Instead of a folder: address of a JSON document, a list of advisories or one to a line. */
        url?: string;
        /**
         * Value of the header `Authorization` for `url`.
         * @visibility secret
         */
        authorization?: string;
      }>;
      /** The public database. */
      osv?: {
        /** Default false: names of frameworks leave the organisation when it is asked. */
        enabled?: boolean;
        /** A mirror with the same API. Default https://api.osv.dev. */
        endpoint?: string;
      };
      /** How long answers from afar count. Default 60. */
      cacheMinutes?: number;
      /** Hosts that may be asked, `host` or `host:port`; redirects are not followed. Default: api.osv.dev. */
      allowedHosts?: string[];
      /** Hosts among them that may be spoken to without TLS. */
      plainHosts?: string[];
      /** Which version of a serving program runs, for models that name none. */
      runtimes?: Array<{
        /** As in `spec.compatibility.frameworks`. */
        name: string;
        version?: string;
        /** Its names in OSV, for programs that Model Hub does not know. */
        packages?: Array<{ ecosystem: string; name: string }>;
      }>;
    };
    /** Where data goes, for the gate `data-boundary`; beside what providers publish. */
    dataBoundary?: {
      /** Of models that the organisation runs itself. */
      selfHosted?: {
        /** Lower case: `eu`, `us`, …, as in purposes. */
        regions?: string[];
        /** Days that prompts and answers are kept; 0 is not at all. */
        retentionDays?: number;
        /** Where it is written down. */
        source?: string;
        /** Day on which it was read, `YYYY-MM-DD`. */
        asOf?: string;
      };
      /** What was agreed with providers; it counts instead of their published terms. */
      providers?: Array<{
        /** As in `spec.provider`. */
        id: string;
        regions?: string[];
        retentionDays?: number;
        /** Whether models learn from what is sent. */
        trainsOnInputs?: 'no' | 'yes' | 'opt-out';
        source?: string;
        asOf?: string;
      }>;
    };
    webauthn?: {
      /** Domain that passkeys are bound to. Default: host of `app.baseUrl`. */
      rpId?: string;
      /** What the browser shows. Default `Model Hub`. */
      rpName?: string;
      /** Origins of the portal. Default: origin of `app.baseUrl`. */
      origins?: string[];
    };
    keys?: {
      /**
       * Encrypts the signing keys in the database; at least 32 characters, the
       * same on all replicas. This or `secretFile` is required in production.
       * @visibility secret
       */
      secret?: string;
      /** A file that holds the secret instead; made at the first start. */
      secretFile?: string;
    };
    snapshot?: {
      /** How long gateways go on without news, in seconds. Default 900. */
      maxAgeSeconds?: number;
      /** How often gateways get news when there are none, in seconds. Default 15. */
      heartbeatSeconds?: number;
    };
    /** Keys with which callers come to gateways. */
    gatewayKeys?: {
      /** How long a key lives when nothing else is asked for. Default 90. */
      defaultDays?: number;
      /** How long a key may live at most. Default 365. */
      maxDays?: number;
      /** How long a key outlives an owner that is gone from the catalog. Default 72. */
      ownerGraceHours?: number;
    };
    /** Evidence from pipelines. */
    evidence?: {
      /** Of this API as pipelines reach it. Default: `backend.baseUrl` and `/api/model-governance`. */
      url?: string;
      tokens?: {
        /** How long a token lives when nothing else is asked for. Default 30. */
        defaultDays?: number;
        /** How long a token may live at most. Default 180. */
        maxDays?: number;
      };
      /** CI systems whose OIDC identity tokens are taken instead of a token of the hub. */
      issuers?: Array<{
        /** For example `https://token.actions.githubusercontent.com` or `https://gitlab.com`. */
        issuer: string;
        /** What pipelines have to ask their identity token for. */
        audience: string;
        /** Where its keys are. Default: by the issuer's OpenID configuration. */
        jwksUri?: string;
        pipelines: Array<{
          /** What the identity token has to say, such as `repository` and `ref`; `*` stands for any characters. */
          claims: { [claim: string]: string };
          /** Entity refs of models; `*` stands for any characters. */
          models: string[];
          /** Ids of the gates. */
          gates: string[];
          /** Entity ref in whose name the evidence is submitted. */
          owner: string;
        }>;
      }>;
    };
    /** Evaluation packs that are run here, by a click. Without endpoints none are. */
    evaluations?: {
      /** Where models answer. Only these addresses are asked; the first that fits counts. */
      endpoints?: Array<{
        /** Of `gatewayId` or `gatewayId@version` of models; `*` stands for any characters. */
        match: string;
        /** Of an OpenAI-compatible API, with its version: `https://models.example.com/v1`. */
        baseUrl: string;
        /** @visibility secret */
        apiKey?: string;
        /**
         * What the endpoint calls the model; `{gatewayId}` and `{version}` are put
         * in. Default `{gatewayId}@{version}`, as the gateway of Model Hub has it:
         * name the version, so that no other one is measured.
         */
        model?: string;
        /** Requests at once. Default 4. */
        concurrency?: number;
        /** How long one request may take. Default 120. */
        timeoutSeconds?: number;
      }>;
      /** The model that judges, for packs that ask one. */
      judge?: {
        baseUrl: string;
        /** @visibility secret */
        apiKey?: string;
        /** Pin a version: another judge is another measure. */
        model: string;
      };
      /** The model that turns texts into vectors, for packs that compare meanings. */
      embeddings?: {
        baseUrl: string;
        /** @visibility secret */
        apiKey?: string;
        model: string;
      };
      /** Runs at once on one replica. Default 2. */
      concurrency?: number;
      /** How long one run may take. Default 120. */
      timeoutMinutes?: number;
      /** How long answers of runs that failed or were cancelled are kept, so that they can be taken up again. Default 30. */
      keepJournalsDays?: number;
      /** Of each team. */
      quota?: {
        /** Runs started within a day. Default 50. */
        runsPerDay?: number;
        /** Runs that are not over. Default 5. */
        runsAtOnce?: number;
        /** Default 10000. */
        casesPerRun?: number;
      };
    };
    asks?: {
      /** Entity refs that hear of held calls in profiles without an owner. */
      managers?: string[];
    };
    /** Gateways that enrol without an invitation, as long as they are listed. */
    gateways?: Array<{
      name: string;
      /**
       * At least 20 characters.
       * @visibility secret
       */
      enrolmentToken: string;
    }>;
    /** Access profiles that are created at start when they are missing. */
    profiles?: Array<{
      id: string;
      title?: string;
      description?: string;
      /** Entity ref. */
      owner?: string;
      /** Entity refs of groups, components and users. */
      members: string[];
      /** Default `enforce`. */
      enforcement?: 'observe' | 'warn' | 'enforce';
    }>;
    /** Purposes that are created at start when they are missing. */
    purposes?: Array<{
      id: string;
      title?: string;
      description?: string;
      dataClasses: Array<
        'public' | 'internal' | 'confidential' | 'personal' | 'special-category'
      >;
      /** Where the data may be processed; empty means anywhere. */
      regions?: string[];
      /** For how long a provider may keep prompts at most; for any time without. */
      maxRetentionDays?: number;
      /** What is done with a model beyond asking it, which licences may limit. Without it nobody says. */
      uses?: Array<
        | 'product'
        | 'hosting'
        | 'redistribution'
        | 'fine-tuning'
        | 'training-on-output'
        | 'automated-decisions'
        | 'medical-advice'
        | 'law-enforcement'
      >;
    }>;
  };
}

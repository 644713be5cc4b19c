;;; platc-mode.el --- Platforms in one typed source  -*- lexical-binding: t; byte-compile-docstring-max-column: 132; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "29.1"))
;; Keywords: languages, tools
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; A mode for platc, with `platc lsp' through Eglot, what a block becomes in a window beside it, and the standard library as buffers that
;; can be read.  With the tree-sitter grammar `platc' there is `platc-ts-mode', and `platc-mode' without; a file takes what there is.
;; A `.pl' file is platc's if a `platc.toml' or `platc.lock' lies in its folder or above, or if its first line says so; all others stay
;; Perl's.

;;; Code:

(require 'prog-mode)
(require 'seq)
(require 'treesit nil t)

(declare-function eglot-current-server "eglot")
(declare-function eglot-uri-to-path "eglot")
(declare-function jsonrpc-request "jsonrpc")
(declare-function jsonrpc-async-request "jsonrpc")
(defvar eglot-server-programs)

(defgroup platc nil
  "Platforms in one typed source."
  :group 'languages
  :prefix "platc-")

(defcustom platc-program "platc"
  "The platc to run: a name in `exec-path', or a path."
  :type 'string)

(defcustom platc-indent-offset 2
  "How much deeper a line stands than the bracket that it stands in."
  :type 'integer
  :safe #'integerp)

;;; Whose a file is

;;;###autoload
(defun platc-file-p ()
  "Whether the file of this buffer is platc's, and not Perl's."
  (and buffer-file-name
       (string-suffix-p ".pl" buffer-file-name)
       (or (string-prefix-p "platc:" buffer-file-name)
           (save-excursion
             (goto-char (point-min))
             (looking-at-p "\ufeff?//\\(?:!\\|[ \t]*platc\\b\\)"))
           (locate-dominating-file buffer-file-name "platc.toml")
           (locate-dominating-file buffer-file-name "platc.lock"))
       t))

;;;###autoload
(defun platc-some-mode ()
  "The mode with the tree-sitter grammar if there is one, else the one without."
  (if (and (fboundp 'treesit-ready-p) (treesit-ready-p 'platc t))
      (platc-ts-mode)
    (platc-mode)))

;;;###autoload
(add-to-list 'magic-mode-alist '(platc-file-p . platc-some-mode))

;;; Text

(defvar platc-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 12" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?- "_" table)
    (modify-syntax-entry ?' "." table)
    (dolist (operator '(?+ ?* ?% ?= ?< ?> ?| ?? ?@ ?! ?& ?: ?, ?.))
      (modify-syntax-entry operator "." table))
    table)
  "What the characters of platc are.")

(defconst platc--name "[A-Za-z_][A-Za-z0-9_]*\\(?:-[A-Za-z0-9_]+\\)*")

(defconst platc--types
  '("Any" "Bool" "Bytes" "Cidr" "Cpu" "Duration" "Float" "Hostname" "Image" "Int" "IntRange" "Ip" "Ip4" "Ip6" "IpRange" "Mac"
    "Name" "Null" "Path" "Port" "PortRange" "Regex" "String" "Url" "Version")
  "The types that need no import.")

(defconst platc--words
  '("import" "as" "let" "type" "fn" "schema" "is" "in" "extend" "test" "assert" "expect" "error" "each" "emit" "check" "if" "then"
    "else" "for" "match" "with" "where" "and" "or" "not")
  "The words that have a meaning where they are no names.")

(defvar platc-font-lock-keywords
  `(;; A word before a colon is a key, and has no meaning there.
    (,(concat "\\_<\\(" platc--name "\\(?:\\." platc--name "\\)*\\)\\_>\\??[ \t]*:\\(?:[^:]\\|$\\)")
     1 'font-lock-property-name-face)
    ("@[A-Za-z_][A-Za-z0-9_-]*" . 'font-lock-preprocessor-face)
    ("^[ \t]*\\(output\\)\\_>" 1 'font-lock-keyword-face)
    ("\\_<\\(?:schema\\|type\\)[ \t]+\\([A-Za-z_][A-Za-z0-9_-]*\\)" 1 'font-lock-type-face)
    ("\\_<fn[ \t]+\\([A-Za-z_][A-Za-z0-9_-]*\\)" 1 'font-lock-function-name-face)
    ("\\_<let[ \t]+\\([A-Za-z_][A-Za-z0-9_-]*\\)" 1 'font-lock-variable-name-face)
    (,(concat (regexp-opt platc--words 'symbols) "\\(?:[^:.?=]\\|$\\)") 1 'font-lock-keyword-face)
    (,(regexp-opt '("null" "true" "false" "self" "it") 'symbols) . 'font-lock-constant-face)
    (,(regexp-opt platc--types 'symbols) . 'font-lock-builtin-face)
    ("^[ \t]*\\([a-z][A-Za-z0-9_-]*\\)[ \t]+[A-Za-z_][A-Za-z0-9_-]*[ \t]*{" 1 'font-lock-type-face)
    ("\\_<[A-Z][A-Za-z0-9_]*\\_>" . 'font-lock-type-face)
    ("\\_<[0-9]+\\(?:\\.[0-9]+\\)\\{3\\}\\(?:/[0-9]+\\)?\\_>" . 'font-lock-constant-face)
    ("\\_<[0-9][0-9A-Za-z_.]*\\_>" . 'font-lock-number-face))
  "Colours without a grammar.")

(defun platc--propertize (start end)
  "Tells strings that hold quotes or lines between START and END."
  (goto-char start)
  ;; A string within a value within a string: its quotes end nothing.
  (while (re-search-forward "\\\\(" end t)
    (let ((open 1)
          (line-end (line-end-position)))
      (while (and (> open 0) (re-search-forward "[()\"]" line-end t))
        (pcase (char-before)
          (?\( (setq open (1+ open)))
          (?\) (setq open (1- open)))
          (?\" (put-text-property (1- (point)) (point) 'syntax-table (string-to-syntax ".")))))))
  (goto-char start)
  (while (re-search-forward "\"\"\"" end t)
    (let ((state (save-excursion (syntax-ppss (match-beginning 0)))))
      (unless (nth 4 state)
        (put-text-property (match-beginning 0) (1+ (match-beginning 0)) 'syntax-table
                           (string-to-syntax (if (nth 3 state) "." "|")))
        (put-text-property (1+ (match-beginning 0)) (+ 2 (match-beginning 0)) 'syntax-table (string-to-syntax "."))
        (put-text-property (+ 2 (match-beginning 0)) (match-end 0) 'syntax-table
                           (string-to-syntax (if (nth 3 state) "|" ".")))))))

(defun platc-indent-line ()
  "Indents a line by the brackets that it stands in; lines of a text stay where they are."
  (interactive)
  (let* ((start (save-excursion (back-to-indentation) (point)))
         (state (save-excursion (syntax-ppss (line-beginning-position))))
         (outer (nth 1 state)))
    (unless (nth 3 state)
      (let ((column (if outer
                        (save-excursion
                          (let ((closes (progn (goto-char start) (looking-at-p "[])}]"))))
                            (goto-char outer)
                            (back-to-indentation)
                            (+ (current-column) (if closes 0 platc-indent-offset))))
                      (platc--continued start))))
        (if (<= (point) start)
            (indent-line-to column)
          (save-excursion (indent-line-to column)))))))

(defun platc--continued (start)
  "How far the line at START stands in outside of all brackets: it may go on with the line before."
  (save-excursion
    (goto-char start)
    (if (looking-at-p "\\(?:\\.[^.]\\|\\?\\.\\|\\(?:and\\|or\\|then\\|else\\)\\_>\\)") platc-indent-offset 0)))

(defvar-keymap platc-mode-map
  :doc "Keys of platc."
  "C-c C-p" #'platc-preview
  "C-c C-g" #'platc-graph)

(defun platc--common ()
  "What both modes have."
  (setq-local comment-start "// ")
  (setq-local comment-end "")
  (setq-local comment-start-skip "//+!?[ \t]*")
  (setq-local indent-tabs-mode nil)
  (setq-local tab-width 2)
  (setq-local electric-indent-chars (append "}])" electric-indent-chars)))

;;;###autoload
(define-derived-mode platc-mode prog-mode "platc"
  "A mode for platforms in one typed source."
  (platc--common)
  (setq-local syntax-propertize-function #'platc--propertize)
  (setq-local indent-line-function #'platc-indent-line)
  (setq-local font-lock-defaults '(platc-font-lock-keywords))
  (setq-local imenu-generic-expression
              `(("Schemas" "^schema[ \t]+\\([A-Za-z0-9_-]+\\)" 1)
                ("Types" "^type[ \t]+\\([A-Za-z0-9_-]+\\)" 1)
                ("Functions" "^fn[ \t]+\\([A-Za-z0-9_-]+\\)" 1)
                ("Outputs" "^output[ \t]+\\([A-Za-z0-9_-]+\\)" 1)
                ("Tests" "^test[ \t]+\"\\([^\"]+\\)\"" 1))))

;;; With the grammar

(defvar platc--treesit-font-lock nil)

(defun platc--treesit-font-lock ()
  "Colours by the grammar."
  (treesit-font-lock-rules
   :language 'platc
   :feature 'comment
   '((comment) @font-lock-comment-face
     (documentation) @font-lock-doc-face)
   :language 'platc
   :feature 'string
   '((string) @font-lock-string-face)
   :language 'platc
   :feature 'escape
   :override t
   '((escape) @font-lock-escape-face
     (interpolation ["\\(" ")"] @font-lock-misc-punctuation-face))
   :language 'platc
   :feature 'interpolation
   :override t
   '((interpolation (_) @default))
   :language 'platc
   :feature 'keyword
   `(["let" "type" "fn" "schema" "extend" "test" "each" "emit" "import" "as" "with" "where" "check" "assert" "expect" "error"
      "if" "then" "else" "match" "for" "and" "or" "not" "in" "is"]
     @font-lock-keyword-face
     ((block head: (key_path :anchor (identifier) @font-lock-keyword-face :anchor))
      (:equal @font-lock-keyword-face "output"))
     ((entry head: (key_path :anchor (identifier) @font-lock-keyword-face :anchor))
      (:equal @font-lock-keyword-face "output")))
   :language 'platc
   :feature 'definition
   '((schema name: (identifier) @font-lock-type-face)
     (type_declaration name: (identifier) @font-lock-type-face)
     (function name: (identifier) @font-lock-function-name-face)
     (let name: (identifier) @font-lock-variable-name-face)
     (parameter name: (identifier) @font-lock-variable-name-face)
     (block name: (identifier) @font-lock-function-name-face)
     (entry name: (identifier) @font-lock-function-name-face))
   :language 'platc
   :feature 'property
   '((write key: (key_path (identifier) @font-lock-property-name-face))
     (field name: (identifier) @font-lock-property-name-face)
     (default name: (identifier) @font-lock-property-name-face)
     (each name: (identifier) @font-lock-property-name-face)
     (type_entry name: (identifier) @font-lock-property-name-face)
     (extend target: (key_path (identifier) @font-lock-property-name-face))
     (field_access field: (identifier) @font-lock-property-use-face))
   :language 'platc
   :feature 'type
   `(((path (identifier) @font-lock-builtin-face)
      (:match ,(concat "\\`" (regexp-opt platc--types) "\\'") @font-lock-builtin-face))
     (path (identifier) @font-lock-type-face)
     (instance type: (identifier) @font-lock-type-face)
     (block head: (key_path (identifier) @font-lock-type-face))
     (entry head: (key_path (identifier) @font-lock-type-face)))
   :language 'platc
   :feature 'constant
   '([(null) (true) (false) (self) (it)] @font-lock-constant-face
     [(address) (network) (mac)] @font-lock-constant-face)
   :language 'platc
   :feature 'number
   '([(integer) (float) (quantity)] @font-lock-number-face)
   :language 'platc
   :feature 'attribute
   '((attribute "@" @font-lock-preprocessor-face name: (identifier) @font-lock-preprocessor-face))
   :language 'platc
   :feature 'function
   '((call function: (identifier) @font-lock-function-call-face)
     (call function: (field_access field: (identifier) @font-lock-function-call-face)))
   :language 'platc
   :feature 'bracket
   '(["{" "}" "[" "]" "(" ")"] @font-lock-bracket-face)
   :language 'platc
   :feature 'operator
   '(["=" "==" "!=" "<" "<=" ">" ">=" "+" "-" "*" "/" "%" ".." "..." "?" "??" "|" "=>" "->"] @font-lock-operator-face)
   :language 'platc
   :feature 'error
   :override t
   '((ERROR) @font-lock-warning-face)))

(defvar platc--treesit-indent
  (let ((inside '("body" "schema_body" "record_type" "match" "list" "list_type" "arguments" "parameters" "parenthesized")))
    `((platc
       ((parent-is "source_file") column-0 0)
       ((node-is "[])}]") parent-bol 0)
       ((parent-is "string") no-indent 0)
       ((parent-is ,(concat "\\`" (regexp-opt inside) "\\'")) parent-bol platc-indent-offset)
       (no-node parent-bol platc-indent-offset)
       (catch-all parent-bol platc-indent-offset))))
  "Indentation by the grammar.")

;;;###autoload
(define-derived-mode platc-ts-mode prog-mode "platc"
  "A mode for platforms in one typed source, with the tree-sitter grammar `platc'."
  :syntax-table platc-mode-syntax-table
  (platc--common)
  (use-local-map (make-composed-keymap platc-mode-map prog-mode-map))
  (when (treesit-ready-p 'platc)
    (treesit-parser-create 'platc)
    (setq-local treesit-font-lock-settings (platc--treesit-font-lock))
    (setq-local treesit-font-lock-feature-list
                '((comment definition)
                  (keyword string type)
                  (attribute constant escape interpolation number property)
                  (bracket function operator error)))
    (setq-local treesit-simple-indent-rules platc--treesit-indent)
    (setq-local treesit-defun-type-regexp
                (regexp-opt '("schema" "type_declaration" "function" "block" "entry" "extend" "test" "let") 'symbols))
    (setq-local treesit-defun-name-function
                (lambda (node) (treesit-node-text (treesit-node-child-by-field-name node "name") t)))
    (setq-local treesit-simple-imenu-settings
                '(("Schema" "\\`schema\\'" nil nil)
                  ("Type" "\\`type_declaration\\'" nil nil)
                  ("Function" "\\`function\\'" nil nil)
                  ("Block" "\\`\\(?:block\\|entry\\)\\'" (lambda (node) (treesit-node-child-by-field-name node "name")) nil)
                  ("Test" "\\`test\\'" nil nil)))
    (treesit-major-mode-setup)))

;;; The server

(defun platc--command (&rest _)
  "The command of the server."
  (list platc-program "lsp"))

;;;###autoload
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((platc-mode platc-ts-mode) . platc--command)))

(defun platc--server ()
  "The server of this buffer, or of any other that has one; an error says how to start one."
  (require 'eglot)
  (or (eglot-current-server)
      (seq-some (lambda (buffer)
                  (with-current-buffer buffer
                    (and (derived-mode-p 'platc-mode 'platc-ts-mode) (eglot-current-server))))
                (buffer-list))
      (user-error "The server of platc is not running: M-x eglot in a file of a platform starts it")))

(defun platc--uri (&optional buffer)
  "The address of BUFFER as the server writes it."
  (require 'eglot)
  (let ((path (buffer-file-name (or buffer (current-buffer)))))
    (cond ((string-prefix-p "platc:" path) path)
          ((fboundp 'eglot-path-to-uri) (eglot-path-to-uri path))
          (t (eglot--path-to-uri path)))))

(defun platc--path (uri)
  "The file of the address URI."
  (if (fboundp 'eglot-uri-to-path) (eglot-uri-to-path uri) (eglot--uri-to-path uri)))

(declare-function eglot-path-to-uri "eglot")
(declare-function eglot--path-to-uri "eglot")
(declare-function eglot--uri-to-path "eglot")

;;; The standard library: names that begin with `platc:'

;;;###autoload
(add-to-list 'file-name-handler-alist '("\\`platc:" . platc-library-handler))

;;;###autoload
(defun platc-library-handler (operation &rest args)
  "Does OPERATION with ARGS on a document of the server, which can be read and not written."
  (let ((name (car args)))
    (pcase operation
      ((or 'expand-file-name 'file-truename 'abbreviate-file-name 'directory-file-name 'substitute-in-file-name)
       (if (string-prefix-p "platc:" name) name (platc--as-before operation args)))
      ('file-name-directory "platc:/")
      ('file-name-as-directory name)
      ('file-name-nondirectory (replace-regexp-in-string "\\`.*/" "" name))
      ((or 'file-exists-p 'file-readable-p 'file-regular-p) t)
      ((or 'file-attributes 'file-directory-p 'file-writable-p 'file-remote-p 'file-symlink-p 'file-modes 'file-executable-p
           'vc-registered 'file-locked-p 'lock-file 'unlock-file 'file-newer-than-file-p 'make-lock-file-name
           'file-name-case-insensitive-p 'find-backup-file-name 'make-auto-save-file-name)
       nil)
      ('verify-visited-file-modtime t)
      ('set-visited-file-modtime t)
      ('insert-file-contents (platc--insert name (nth 1 args)))
      ((or 'write-region 'delete-file 'rename-file 'copy-file)
       (user-error "%s can only be read: it is part of platc" name))
      (_ (platc--as-before operation args)))))

(defun platc--as-before (operation args)
  "Does OPERATION with ARGS as if there were no handler."
  (let ((inhibit-file-name-handlers
         (cons 'platc-library-handler (and (eq inhibit-file-name-operation operation) inhibit-file-name-handlers)))
        (inhibit-file-name-operation operation))
    (apply operation args)))

(defun platc--insert (name visit)
  "Inserts the document NAME; VISIT makes it the one that the buffer visits."
  (let* ((answer (jsonrpc-request (platc--server) :platc/text (list :uri name)))
         (text (or (plist-get answer :text) (user-error "There is no %s in this platc" name))))
    (save-excursion (insert text))
    (when visit
      (setq buffer-file-name name)
      (setq buffer-read-only t)
      (set-buffer-modified-p nil))
    (list name (length text))))

;;; What a block becomes

(defvar platc--preview-source nil "The buffer that the preview shows something of.")
(defvar platc--preview-lines nil "Which line of the preview comes from where.")
(defvar platc--preview-timer nil)
(defvar platc--preview-asked nil "What was asked last: a buffer, its state and a line.")
(defvar platc--preview-marks nil)

(defconst platc--preview-name "*platc preview*")

(defvar-keymap platc-preview-keys
  "RET" #'platc-preview-go)

(define-minor-mode platc-preview-mode
  "What a block becomes; RET goes to where a line comes from."
  :lighter " preview"
  :keymap platc-preview-keys
  (setq buffer-read-only t))

(defun platc-preview ()
  "Shows what the block at point becomes in a window beside it, as point moves and the text changes."
  (interactive)
  (unless (derived-mode-p 'platc-mode 'platc-ts-mode)
    (user-error "A preview needs a file of a platform, with point in a block"))
  (platc--server)
  (display-buffer (get-buffer-create platc--preview-name)
                  '((display-buffer-reuse-window display-buffer-in-direction) (direction . right) (window-width . 0.5)))
  (unless platc--preview-timer
    (setq platc--preview-timer (run-with-idle-timer 0.15 t #'platc--preview-follow)))
  (setq platc--preview-asked nil)
  (platc--preview-follow))

(defun platc--preview-follow ()
  "Asks what the block at point becomes, if that is not what is shown."
  (let ((preview (get-buffer platc--preview-name)))
    (cond
     ((not (and preview (get-buffer-window preview)))
      (when platc--preview-timer (cancel-timer platc--preview-timer))
      (setq platc--preview-timer nil))
     ((eq (current-buffer) preview) (platc--preview-link-back))
     ((and (derived-mode-p 'platc-mode 'platc-ts-mode) (eglot-current-server))
      (let ((asked (list (current-buffer) (buffer-chars-modified-tick) (line-number-at-pos))))
        (unless (equal asked platc--preview-asked)
          (setq platc--preview-asked asked)
          (setq platc--preview-source (current-buffer))
          (platc--preview-ask)))))))

(defconst platc--content-modified -32801 "What a server answers when a document changed while it was read.")

(defun platc--preview-ask ()
  "Asks what the block at point becomes."
  (let ((source (current-buffer))
        (line (1- (line-number-at-pos nil t))))
    (jsonrpc-async-request
     (platc--server) :platc/preview
     (list :textDocument (list :uri (platc--uri))
           :position (list :line line :character (- (point) (line-beginning-position))))
     :success-fn (lambda (answer) (platc--preview-write answer (platc--uri source) line))
     :error-fn (lambda (error)
                 ;; What was read changed meanwhile: asked again of what is there now.
                 (when (and (eql (plist-get error :code) platc--content-modified) (buffer-live-p source))
                   (with-current-buffer source (platc--preview-ask))))
     ;; The first of a large platform takes its time, and an answer after the deadline is lost.
     :timeout 120)))

(defun platc--preview-write (answer uri line)
  "Shows ANSWER, and lights up what comes from the LINE of URI."
  (with-current-buffer (get-buffer-create platc--preview-name)
    (let ((inhibit-read-only t)
          (text (or (plist-get answer :text) "")))
      (unless (equal text (buffer-string))
        (erase-buffer)
        (insert text))
      (platc--preview-language (plist-get answer :language))
      (setq header-line-format (or (plist-get answer :title) "nothing comes of what is at point"))
      (setq platc--preview-lines (append (plist-get answer :lines) nil))
      (platc--mark
       (current-buffer)
       (mapcar (lambda (link) (plist-get link :line))
               (seq-filter (lambda (link) (and (equal (plist-get link :uri) uri) (= (plist-get link :sourceLine) line)))
                           platc--preview-lines))))))

(defun platc--preview-language (language)
  "Makes the preview a buffer of LANGUAGE."
  (let ((mode (pcase language
                ("yaml" (seq-find #'fboundp '(yaml-mode conf-colon-mode)))
                ("shellscript" 'sh-mode)
                (_ 'text-mode))))
    (unless (eq major-mode mode)
      (funcall mode)
      (platc-preview-mode))))

(defun platc--mark (buffer lines)
  "Lights up LINES of BUFFER, and shows the first of them."
  (mapc #'delete-overlay platc--preview-marks)
  (setq platc--preview-marks nil)
  (with-current-buffer buffer
    (save-excursion
      (dolist (line (reverse lines))
        (goto-char (point-min))
        (forward-line line)
        (let ((mark (make-overlay (point) (1+ (line-end-position)))))
          (overlay-put mark 'face 'highlight)
          (push mark platc--preview-marks))))
    (let ((window (get-buffer-window buffer)))
      (when (and window lines (not (eq window (selected-window))))
        (set-window-point window (overlay-start (car platc--preview-marks)))))))

(defun platc--preview-origin ()
  "Where the line at point comes from, or the nearest line above it that has a place."
  (let ((line (1- (line-number-at-pos nil t))))
    (car (sort (seq-filter (lambda (link) (<= (plist-get link :line) line)) platc--preview-lines)
               (lambda (a b) (> (plist-get a :line) (plist-get b :line)))))))

(defun platc--preview-link-back ()
  "Lights up, in the source, where the line at point comes from."
  (let* ((link (platc--preview-origin))
         (buffer (and link (find-buffer-visiting (platc--path (plist-get link :uri))))))
    (when buffer
      (platc--mark buffer (list (plist-get link :sourceLine))))))

(defun platc-preview-go ()
  "Goes to where the line at point comes from."
  (interactive)
  (let ((link (or (platc--preview-origin) (user-error "This line comes from no line of a source"))))
    (pop-to-buffer (find-file-noselect (platc--path (plist-get link :uri))))
    (goto-char (point-min))
    (forward-line (plist-get link :sourceLine))))

(defun platc-graph ()
  "Shows the platform's graph in the browser."
  (interactive)
  (let* ((question (list :textDocument (list :uri (platc--uri)) :view "network"))
         (answer (jsonrpc-request (platc--server) :platc/graph question))
         (html (or (plist-get answer :html) (user-error "This file is no part of a platform that can be evaluated")))
         (page (make-temp-file "platc-graph-" nil ".html" html)))
    (browse-url-of-file page)))

(provide 'platc-mode)

;;; platc-mode.el ends here

;;; eglot.el --- drives Emacs with eglot against the server  -*- lexical-binding: t -*-

;; Opens an example, edits, completes, jumps, renames and formats, and looks at the buffer after each.

(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)

(defvar sights 0)

(defun see (what thing)
  "Fail unless THING, called again and again for a minute, gives something; WHAT names it."
  (let ((end (+ (float-time) 120)) seen)
    (while (and (not (setq seen (ignore-errors (funcall thing)))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (unless seen
      (message "emacs: %s is not seen\n%s" what (buffer-string))
      (kill-emacs 1))
    (setq sights (1+ sights))
    seen))

(define-derived-mode platc-test-mode prog-mode "platc")
(add-to-list 'eglot-server-programs `(platc-test-mode . (,(getenv "PLATC") "lsp")))
(setq eglot-sync-connect 120 eglot-autoshutdown t eglot-confirm-server-initiated-edits nil eglot-send-changes-idle-time 0)

(defun rest ()
  "Do what Emacs does when a person rests, which without a screen nobody does: tell the server what was typed."
  (eglot--signal-textDocument/didChange)
  (accept-process-output nil 0.1))

(defun problems ()
  "The texts of all problems in the buffer."
  (rest)
  (flymake-start)
  (accept-process-output nil 0.1)
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun offered-here ()
  "What is offered at point."
  (pcase (eglot-completion-at-point)
    (`(,start ,end ,table . ,_) (all-completions (buffer-substring start end) table))))

(add-hook 'project-find-functions (lambda (_) (cons 'transient (getenv "PROJECT"))))
(find-file (expand-file-name "main.pl" (getenv "PROJECT")))
(platc-test-mode)
(call-interactively #'eglot)
(see "the server" (lambda () (eglot-current-server)))

;; A mistake, and its end.
(goto-char (point-min))
(search-forward "cpu: 4")
(delete-char -1)
(insert "\"many\"")
(see "one problem" (lambda () (and (problems) (string-match-p "many" (car (problems))))))
(delete-char -6)
(insert "4")
(see "no problem" (lambda () (not (problems))))

;; Fields are offered.
(goto-char (point-min))
(search-forward "port: 4533")
(insert "\n    repl")
(see "completions" (lambda () (seq-some (lambda (label) (string-prefix-p "replicas" label)) (offered-here))))
(delete-char -9)
(rest)

;; To where a word stands.
(goto-char (point-min))
(search-forward "\\(domain")
(backward-char 2)
(see "the definition" (lambda () (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))))
(call-interactively #'xref-find-definitions)
(see "its line" (lambda () (string-match-p "let domain" (thing-at-point 'line))))

;; Another name.
(goto-char (point-min))
(search-forward "let dom")
(rest)
(eglot-rename "zone")
(see "the new name" (lambda () (string-match-p "photos\\.\\\\(zone)" (buffer-string))))
(see "nothing of the old name" (lambda () (not (string-match-p "domain" (buffer-string)))))

;; The one style.
(goto-char (point-min))
(search-forward "let zone: Hostname")
(insert "    ")
(rest)
(eglot-format-buffer)
(see "the formatted line" (lambda () (string-match-p "^let zone: Hostname = " (buffer-string))))

(eglot-shutdown (eglot-current-server))
(message "emacs: %d sights" sights)
(kill-emacs 0)
;;; eglot.el ends here

;;; server.el --- The server through Eglot  -*- lexical-binding: t; -*-

;; emacs -Q --batch -l test/server.el, with REPOSITORY this repository and `platc' in PATH: a block has its preview, and the standard
;; library can be read.

(add-to-list 'load-path (expand-file-name "lsp/editors/emacs" (getenv "REPOSITORY")))
(require 'platc-mode)
(require 'eglot)
(require 'ert)
(setq eglot-sync-connect 120)

(defun platc-test--wait (holds)
  "Waits until HOLDS."
  (let ((end (+ (float-time) 120)))
    (while (and (not (funcall holds)) (< (float-time) end))
      (accept-process-output nil 0.1))
    (should (funcall holds))))

(ert-deftest platc-with-the-server ()
  (find-file (expand-file-name "examples/guestbook/main.pl" (getenv "REPOSITORY")))
  (call-interactively #'eglot)
  (platc-test--wait #'eglot-current-server)
  ;; `replicas: 2' of a deployment.
  (goto-char (point-min))
  (forward-line 52)
  (forward-char 9)
  (platc-preview)
  (platc-test--wait (lambda () (> (buffer-size (get-buffer platc--preview-name)) 100)))
  (with-current-buffer platc--preview-name
    (should (string-prefix-p "apiVersion: apps/v1\n" (buffer-string)))
    (should (string-match-p "follower" header-line-format))
    (should (equal (mapcar (lambda (mark) (line-number-at-pos (overlay-start mark))) platc--preview-marks) '(7)))
    ;; The image, which a function gives.
    (goto-char (point-min))
    (forward-line 19)
    (platc-preview-go))
  (should (equal (list (buffer-name) (line-number-at-pos)) '("main.pl" 16)))
  ;; `std/metallb'.
  (goto-char (point-min))
  (forward-line 2)
  (forward-char 12)
  (call-interactively #'xref-find-definitions)
  (should (equal buffer-file-name "platc:/std/metallb.pl"))
  (should (derived-mode-p 'platc-mode 'platc-ts-mode))
  (should buffer-read-only)
  (should (> (buffer-size) 1000)))

(ert-run-tests-batch-and-exit)

;;; server.el ends here

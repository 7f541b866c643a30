// Fills mails in as listmonk does: html/template for both bodies, text/template for the subject, Sprig's functions.
//
// How listmonk goes about it is described in docs/docs/content/templating.md, models/campaigns.go (shorthands, which
// engine a part goes through), models/subscribers.go (first and last name) and internal/manager/manager.go (functions)
// of github.com/knadh/listmonk, read on 2026-11-22.
package main

import (
	"bytes"
	"html/template"
	"io"
	"regexp"
	"strings"
	txt "text/template"

	"github.com/Masterminds/sprig"
)

type subscriber struct {
	Email, Name string
	Attribs     map[string]interface{}
}

// The first word of a name with more than two letters; the whole name where there is none.
func (s subscriber) FirstName() string { return first(strings.Fields(s.Name), s.Name) }

// The same from the back.
func (s subscriber) LastName() string {
	words := strings.Fields(s.Name)
	for left, right := 0, len(words)-1; left < right; left, right = left+1, right-1 {
		words[left], words[right] = words[right], words[left]
	}
	return first(words, s.Name)
}

func first(words []string, otherwise string) string {
	for _, word := range words {
		if len(word) > 2 {
			return word
		}
	}
	return otherwise
}

type message struct {
	Subscriber       subscriber
	Leave, InBrowser string
}

type reader = message

var (
	trackLink = regexp.MustCompile(`(https?://[\p{L}\p{N}_\-\.~!#$&'()*+,/:;=?@\[\]%]*)@TrackLink`)
	bare      = regexp.MustCompile(`{{(\s+)?(TrackView|UnsubscribeURL|ManageURL|OptinURL|MessageURL)(\s+)?}}`)
)

func functions() template.FuncMap {
	all := template.FuncMap{
		"Safe":           func(html string) template.HTML { return template.HTML(html) },
		"TrackLink":      func(url string, m message) string { return "https://service.example/link" },
		"UnsubscribeURL": func(m message) string { return m.Leave },
		"MessageURL":     func(m message) string { return m.InBrowser },
	}
	for name, function := range sprig.GenericFuncMap() {
		all[name] = function
	}
	return all
}

func fill(j job) (string, error) {
	source := bare.ReplaceAllString(trackLink.ReplaceAllString(j.Source, `{{ TrackLink "$1" . }}`), `{{ $2 . }}`)
	if !strings.Contains(source, "{{") && j.Part != "html" {
		return source, nil
	}
	var engine interface {
		Execute(io.Writer, interface{}) error
	}
	var err error
	if j.Part == "subject" {
		engine, err = txt.New("content").Funcs(txt.FuncMap(functions())).Parse(source)
	} else {
		engine, err = template.New("content").Funcs(functions()).Parse(source)
	}
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = engine.Execute(&out, j.Reader)
	return out.String(), err
}

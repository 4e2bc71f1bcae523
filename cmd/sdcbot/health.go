package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"sdcbot/bot"
	"sdcbot/bot/chat"
)

// health answers the three questions of whoever watches the program: does it run (/healthz), can it do its work (/readyz), how does it do
// (/metrics). It tells nothing of what organisations recorded.
type health struct {
	check func(context.Context) error // whether the database answers
	bot   func() *bot.Bot             // nil while it is stopped
	chats []chat.Chat
}

// checkTime is how long /readyz waits for the database.
const checkTime = 3 * time.Second

// register puts the three addresses on the mux.
func (h health) register(mux *http.ServeMux) {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), h)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", h.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
}

// ready answers 200 when the database answers, its schema is right and the bot runs. A chat that is away does not make the program
// unready: to restart it would not bring the chat back. It is named all the same.
func (h health) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), checkTime)
	defer cancel()
	status, lines := http.StatusOK, []string{"database ok", "bot ok"}
	if err := h.check(ctx); err != nil {
		status, lines[0] = http.StatusServiceUnavailable, "database failed: "+err.Error()
	}
	running := h.bot()
	if running == nil {
		status, lines[1] = http.StatusServiceUnavailable, "bot stopped"
	} else {
		faults := running.Health().Chats
		reached := reached(h.chats)
		for _, c := range h.chats {
			state := "ok"
			if fault := faults[c.Name()]; fault != "" {
				state = "failed: " + fault
			} else if !reached[c.Name()] {
				state = "not reached yet"
			}
			lines = append(lines, "chat "+c.Name()+" "+state)
		}
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, strings.Join(lines, "\n"))
}

// The metrics, described in deploy/operations.md.
var (
	metricUp       = prometheus.NewDesc("sdcbot_running", "1 while the bot runs, 0 while it is stopped.", nil, nil)
	metricHeard    = prometheus.NewDesc("sdcbot_events_heard_total", "Events stored since the start.", nil, nil)
	metricWorked   = prometheus.NewDesc("sdcbot_events_worked_total", "Events worked since the start.", nil, nil)
	metricRepeated = prometheus.NewDesc("sdcbot_events_repeated_total", "Events that were delivered again and recognised.", nil, nil)
	metricSteps    = prometheus.NewDesc("sdcbot_steps_total", "Times that the bot did all that was due.", nil, nil)
	metricStep     = prometheus.NewDesc("sdcbot_last_step_timestamp_seconds", "When the bot last did all that was due.", nil, nil)
	metricChat     = prometheus.NewDesc("sdcbot_chat_listening", "1 once the connection was reached, 0 before that and when it gave up.", []string{"chat"}, nil)
	metricRefused  = prometheus.NewDesc("sdcbot_calls_refused_total", "Calls of a chat's platform that did not prove where they come from.", []string{"chat"}, nil)
	metricBuild    = prometheus.NewDesc("sdcbot_build_info", "Always 1; the label says which build runs.", []string{"version"}, nil)
)

// Describe is part of prometheus.Collector.
func (h health) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{metricUp, metricHeard, metricWorked, metricRepeated, metricSteps, metricStep, metricChat, metricRefused, metricBuild} {
		out <- d
	}
}

// Collect is part of prometheus.Collector.
func (h health) Collect(out chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	count := func(d *prometheus.Desc, v int64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(v), labels...)
	}
	gauge(metricBuild, 1, currentVersion())
	running := h.bot()
	if running == nil {
		gauge(metricUp, 0)
		return
	}
	state := running.Health()
	gauge(metricUp, 1)
	count(metricHeard, state.Heard)
	count(metricWorked, state.Worked)
	count(metricRepeated, state.Repeated)
	count(metricSteps, state.Steps)
	if !state.LastStep.IsZero() {
		gauge(metricStep, float64(state.LastStep.Unix()))
	}
	for name, by := range called(h.chats) {
		count(metricRefused, by.Refused(), name)
	}
	for name, reached := range reached(h.chats) {
		listening := 0.0
		if reached && state.Chats[name] == "" {
			listening = 1
		}
		gauge(metricChat, listening, name)
	}
}

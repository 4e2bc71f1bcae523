// Package bot is the running bot.
package bot

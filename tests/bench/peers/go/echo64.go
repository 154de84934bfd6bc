package main

import (
	"bytes"
	"io"
	"net"
	"sync"
	"sync/atomic"
)

// Reads whatever has come, until a whole message has.
func readMessage(connection net.Conn, buffer []byte) error {
	for got := 0; got < echoBytes; {
		count, err := connection.Read(buffer[got:])
		if err != nil {
			return err
		}
		got += count
	}
	return nil
}

func serve(connection net.Conn) {
	message := make([]byte, echoBufferBytes)
	for {
		err := readMessage(connection, message)
		if err == io.EOF {
			break
		}
		check(err)
		_, err = connection.Write(message[:echoBytes])
		check(err)
	}
	connection.Close()
}

func acceptAll(listener net.Listener) {
	for {
		connection, err := listener.Accept()
		if err != nil { // it is closed
			return
		}
		go serve(connection)
	}
}

func talk(address string, roundTrips int) int {
	connection, err := net.Dial("tcp", address)
	check(err)
	var message [echoBytes]byte
	answer := make([]byte, echoBufferBytes)
	right := 0
	for i := 0; i < roundTrips; i++ {
		for j := range message {
			message[j] = byte(i)
		}
		_, err = connection.Write(message[:])
		check(err)
		check(readMessage(connection, answer))
		if bytes.Equal(message[:], answer[:echoBytes]) {
			right++
		}
	}
	connection.Close()
	return right
}

func check(err error) {
	if err != nil {
		fail("echo64: %v", err)
	}
}

func runEcho64(n int) int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go acceptAll(listener)
	var clients sync.WaitGroup
	var right int64
	clients.Add(echoConnections)
	for i := 0; i < echoConnections; i++ {
		roundTrips := (n + i) / echoConnections // these add up to n
		go func() {
			atomic.AddInt64(&right, int64(talk(listener.Addr().String(), roundTrips)))
			clients.Done()
		}()
	}
	clients.Wait()
	listener.Close()
	return int(right)
}

package io.github.auditstream.connect.office365.simulator;

import java.time.Duration;

/** Settings that hold for the whole simulator and can change while it runs. Thread-safe. */
final class Behaviour {
  private volatile int pageSize = 100;
  private volatile Duration latency = Duration.ZERO;
  private volatile Duration clockSkew = Duration.ZERO;
  private volatile Duration pageTokenLife = Duration.ofMinutes(10);
  private volatile String nextPagePath = "/api/v1.0/";
  private volatile int tokenRequestsPerMinute = 10;

  int pageSize() {
    return pageSize;
  }

  void pageSize(int blobs) {
    if (blobs < 1) {
      throw new IllegalArgumentException("a page must hold at least one blob");
    }
    pageSize = blobs;
  }

  Duration latency() {
    return latency;
  }

  void latency(Duration pause) {
    latency = pause;
  }

  Duration clockSkew() {
    return clockSkew;
  }

  void clockSkew(Duration skew) {
    clockSkew = skew;
  }

  Duration pageTokenLife() {
    return pageTokenLife;
  }

  void pageTokenLife(Duration life) {
    pageTokenLife = life;
  }

  String nextPagePath() {
    return nextPagePath;
  }

  void nextPagePath(String path) {
    nextPagePath = path;
  }

  int tokenRequestsPerMinute() {
    return tokenRequestsPerMinute;
  }

  void tokenRequestsPerMinute(int requests) {
    tokenRequestsPerMinute = requests;
  }
}

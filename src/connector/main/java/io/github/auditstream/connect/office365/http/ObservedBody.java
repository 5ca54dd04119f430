package io.github.auditstream.connect.office365.http;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Passes a body on and reports when it has ended, however it does. */
record ObservedBody<T>(HttpResponse.BodySubscriber<T> body, Listener listener)
    implements HttpResponse.BodySubscriber<T> {
  /** Hears of the end; of the first alone if there are several, as after a cancellation. */
  interface Listener {
    /**
     * The body has ended.
     *
     * @param whole whether all of it has come
     */
    void bodyEnded(boolean whole);
  }

  @Override
  public CompletionStage<T> getBody() {
    return body.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    body.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            subscription.request(n);
          }

          @Override
          public void cancel() {
            subscription.cancel();
            listener.bodyEnded(false);
          }
        });
  }

  @Override
  public void onNext(List<ByteBuffer> received) {
    body.onNext(received);
  }

  @Override
  public void onError(Throwable error) {
    try {
      body.onError(error);
    } finally {
      listener.bodyEnded(false);
    }
  }

  @Override
  public void onComplete() {
    try {
      body.onComplete();
    } finally {
      listener.bodyEnded(true);
    }
  }
}

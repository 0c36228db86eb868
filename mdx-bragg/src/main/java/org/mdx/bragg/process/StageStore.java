package org.mdx.bragg.process;

import java.io.IOException;
import java.util.Optional;

/** Where the results of stages are kept, so that an interrupted run goes on where it was. */
public interface StageStore {

  /** Keeps nothing. */
  StageStore NONE =
      new StageStore() {
        @Override
        public Optional<StageProduct> load(Stage stage, String key) {
          return Optional.empty();
        }

        @Override
        public void save(StageProduct product, String key) {
          // nothing is kept
        }
      };

  /**
   * The result of an earlier run with the same options.
   *
   * @param stage which
   * @param key options that it and the stages before depend on
   * @return empty if there is none, or it is not complete
   * @throws IOException if it is there and cannot be read
   */
  Optional<StageProduct> load(Stage stage, String key) throws IOException;

  /**
   * Keeps a result.
   *
   * @param product a whole one
   * @param key options that it and the stages before depend on
   * @throws IOException if it cannot be kept
   */
  void save(StageProduct product, String key) throws IOException;
}
